// What an editor does again and again: a run started and followed to its end.

import type { RunView } from '@headwater/protocol';
import type { Link } from '@headwater/panels';

export const NOTHING = { text: null, parameters: {}, python: null, to: null, failFast: false, tags: [] };

export async function startAndEnd(link: Link, params: Partial<Parameters<typeof link.call<'start'>>[1]> = {}): Promise<{ store: string; run: string; view: RunView }> {
  const reply = await link.call('start', { notebook: 'flow.ipynb', ...NOTHING, ...params });
  if (reply.type === 'refused') throw new Error(reply.problem.sentence);
  return { store: reply.store, run: reply.run, view: await ended(link, reply.store, reply.run) };
}

export function ended(link: Link, store: string, run: string): Promise<RunView> {
  return new Promise((resolve, reject) => {
    const end = link.on('runChanged', ({ view, run: changed }) => {
      if (changed !== run || view === null || view.status === 'running') return;
      end();
      resolve(view);
    });
    link.call('watchRun', { store, run, watched: true }).catch(reject);
  });
}
