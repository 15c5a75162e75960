// 100,000 runs in one store: how soon the list shows rows after a click, how smoothly it scrolls, how much of it is in the document.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from '../bench.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { writeManyRuns } from '../ours/many-runs.ts';
import { bundlePage, CHROMIUM, lookAtRuns, openBrowser } from '../ours/runs-page.ts';
import { openService } from '../ours/service.ts';
import { ROOT } from '../places.ts';
import { atMost, type Contest, type Figures, type Row } from '../row.ts';

const RUNS = 100_000;
const PART = 0.95;

export const runs100000: Row = {
  name: 'runs-100000',
  title: 'the list of a store with 100,000 runs: opened, scrolled',
  rounds: 10,
  prepare,
};

async function prepare(bench: Bench): Promise<Contest> {
  const { folder, headwater, env, note } = bench;
  if (!existsSync(CHROMIUM)) {
    note(`left out: there is no ${CHROMIUM}`);
    return { subjects: [], goals: [] };
  }
  note('a new service each round, the panel alone in a real browser, its code awake as an editor\'s is; its questions pass through the browser\'s debugger, which costs a few ms more than a socket');
  writeManyRuns(path.join(folder, '.headwater'), RUNS);
  const script = await bundlePage();
  const style = readFileSync(path.join(ROOT, 'packages/panels/src/style/panels.css'), 'utf8');
  const cache = path.join(folder, 'cache');
  const command = [process.execPath, path.join(headwater.packed, 'bin/headwater.mjs'), 'serve', '--root', folder];
  const round = async (): Promise<Figures> => {
    const { link, end } = await openService(command, { cwd: folder, env: { ...env, XDG_CACHE_HOME: cache, XDG_STATE_HOME: path.join(folder, 'state') } });
    const browser = await openBrowser();
    try {
      const { firstMs, frames, back, nodes } = await lookAtRuns(browser, { script, style, link });
      return { 'first rows': firstMs, 'frame, p95': partOf(frames), 'frame on the way back, p95': partOf(back), 'in the document (nodes)': nodes, ...await countRuns(link) };
    } finally {
      await browser.close();
      end();
    }
  };
  return {
    subjects: [
      { name: 'Headwater', role: 'ours', measure: round },
      { name: 'Headwater, nothing cached', role: 'ours', rounds: 3, measure: async () => { removeFolder(cache); return round(); } },
    ],
    goals: [
      atMost('first rows ≤ 100 ms after the click', 100, ['Headwater', 'first rows']), atMost('scroll p95 ≤ 16 ms a frame', 16, ['Headwater', 'frame, p95']),
      atMost('≤ 2,000 nodes', 2000, ['Headwater', 'in the document'], 'nodes'), atMost('first rows ≤ 100 ms with nothing cached', 100, ['Headwater, nothing cached', 'first rows']),
    ],
  };
}

const partOf = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * PART)] ?? NaN;

/** When the numbers on the chips are known. */
async function countRuns(link: Awaited<ReturnType<typeof openService>>['link']): Promise<Figures> {
  const { store } = await link.call('store', { notebook: null });
  const began = performance.now();
  for (;;) {
    const { counts } = await link.call('runs', { store, flow: null, state: 'all', filter: '', after: null, limit: 0 });
    if (counts !== null) return { 'all counted': performance.now() - began };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
