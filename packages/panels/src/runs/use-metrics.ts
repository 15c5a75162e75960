// What the newest runs logged, asked for once they are on the screen: it stands in more files than the list.

import type { RunRow } from '@headwater/protocol';
import { useAsk } from '../context.tsx';
import { measurable, type Metrics } from './metrics.ts';

export function useMetrics(store: string | null, rows: readonly RunRow[]): ReadonlyMap<string, Metrics> {
  const runs = measurable(rows);
  const answer = useAsk('metrics', store === null || runs.length === 0 ? null : { store, runs }).answer ?? [];
  return new Map(runs.map((run, at) => [run, answer[at] ?? {}]));
}
