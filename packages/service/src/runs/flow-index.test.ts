import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { summaryKey, type Summary } from '@headwater/protocol';
import { deleteRun, openStore, tagRun, type Store } from '@headwater/engine';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FlowIndex } from './flow-index.ts';

const summary = (number: number): Summary => ({
  format: 1, flow: 'churn', number, notebook: 'churn.ipynb', status: 'done', started: number, ended: number + 1, by: 'eva', owner: { host: '', pid: 0, started: '' }, parameters: {}, tags: [], resumes: null,
  steps: [{ name: 'fit', status: 'done', ms: 1, peakBytes: 1, tasks: 1 }], failed: null, failures: 0, learned: [],
});

async function makeStore(runs: number): Promise<Store> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-index-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'cache'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const root = path.join(folder, '.headwater');
  mkdirSync(root);
  writeFileSync(path.join(root, 'format.json'), '{"format":1}');
  const store = await openStore(root);
  for (let number = 1; number <= runs; number += 1) await store.put(summaryKey('churn', number), JSON.stringify(summary(number)));
  await store.put('flows/churn/last', String(runs));
  return store;
}

async function numbers(index: FlowIndex): Promise<string[]> {
  const found: string[] = [];
  for await (const { row } of index.runs(null)) found.push([row.number, ...row.tags].join(' '));
  return found;
}

test('what somebody else tagged or deleted is found by the next look, and by a service that starts later', async () => {
  const store = await makeStore(5);
  const index = new FlowIndex(store, 'churn');
  expect(await index.refresh()).toEqual({ changed: [], gone: [] });
  expect(readdirSync(path.join(store.url, '..', 'cache', 'headwater', 'runs'))).toHaveLength(1);
  await tagRun(store, { flow: 'churn', number: 2 }, { add: ['best'], remove: [] });
  await deleteRun(store, { flow: 'churn', number: 4 });
  const later = new FlowIndex(store, 'churn');
  await later.refresh();
  expect(await numbers(later)).toEqual(['5', '3', '2 best', '1']);
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
  expect(await index.refresh()).toEqual({ changed: [2], gone: [4] });
  vi.restoreAllMocks();
  expect(await numbers(index)).toEqual(['5', '3', '2 best', '1']);
});

test('a cache that is no cache is made anew', async () => {
  const store = await makeStore(3);
  await new FlowIndex(store, 'churn').refresh();
  const folder = path.join(store.url, '..', 'cache', 'headwater', 'runs');
  writeFileSync(path.join(folder, readdirSync(folder)[0] ?? ''), 'nonsense\nmore');
  const index = new FlowIndex(store, 'churn');
  await index.refresh();
  expect(await numbers(index)).toEqual(['3', '2', '1']);
});
