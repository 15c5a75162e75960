// What a run logged: of each metric the value that was logged last, in the order of the notebook.

import type { RunId } from '@headwater/protocol';
import type { RunState } from '../run/state.ts';
import type { Store } from '../store/store.ts';
import { readManifest } from './read-manifest.ts';
import { tasksOf } from './tasks.ts';

const COUNTS = new Set(['done', 'reused', 'caught']);

/** Name → value, first logged first: the first is the run's headline. */
export async function readMetrics(store: Store, run: RunId, state: RunState): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const position of state.steps.keys()) {
    for (const { attempt, status } of tasksOf(state, position)) {
      const manifest = attempt === null || !COUNTS.has(status) ? null : await readManifest(store, run, attempt);
      for (const [name, value] of Object.entries(manifest?.metrics ?? {})) found.set(name, value);
    }
  }
  return found;
}
