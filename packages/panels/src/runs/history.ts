// The last runs of a flow at one glance: how long each took, and which failed. Pure.

import { formatDuration, type RunRow } from '@headwater/protocol';
import { wordOf } from '../words/state-word.ts';
import { t } from '../words/translate.ts';
import { tookOf } from './describe-run.ts';

export const MOST_BARS = 20;
export const TALLEST = 20;
/** A run of a moment is seen, too. */
const SHORTEST = 3;

interface Bar {
  readonly run: string;
  readonly status: RunRow['status'];
  readonly height: number;
  readonly says: string;
}

export interface History {
  /** Oldest first. */
  readonly bars: readonly Bar[];
  /** How long one takes that comes to its end, or null. */
  readonly median: string | null;
  readonly says: string;
}

type Row = Pick<RunRow, 'run' | 'status' | 'started' | 'ended'>;

/** Null where there is nothing to compare. `rows`: newest first. */
export function historyOf(rows: readonly Row[], now: number): History | null {
  const last = rows.slice(0, MOST_BARS).reverse();
  if (last.length < 2) return null;
  const lasted = (row: Row) => Math.max(0, (row.ended ?? now) - row.started);
  const longest = Math.max(1, ...last.map(lasted));
  const bars = last.map((row) => ({ run: row.run, status: row.status, height: Math.max(SHORTEST, Math.round((TALLEST * lasted(row)) / longest)), says: `${row.run} ${wordOf(row.status)} ${tookOf(row, now)}` }));
  const counts = new Map<string, number>();
  for (const { status } of last) counts.set(status, (counts.get(status) ?? 0) + 1);
  const stands = [...counts].map(([status, n]) => `${n} ${wordOf(status as RunRow['status']).toLowerCase()}`).join(', ');
  return { bars, median: medianOf(last.filter((row) => row.status === 'done').map(lasted)), says: t('Last {n} runs by duration: {stands}', { n: last.length, stands }) };
}

function medianOf(times: readonly number[]): string | null {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? null : formatDuration(middle);
}
