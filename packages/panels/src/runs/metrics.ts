// What runs logged, beside their rows. Pure.

import type { RunRow } from '@headwater/protocol';

/** Name → value, in the order of the notebook. */
export type Metrics = Readonly<Record<string, number>>;

/** Runs whose metrics are looked up at once: as many as one call may name. */
const MOST = 50;

/** The newest that log nothing more. */
export const measurable = (rows: readonly RunRow[]): string[] => rows.filter((row) => row.status !== 'running').slice(0, MOST).map((row) => row.run);

export const showMetric = (value: number): string => String(Number(value.toPrecision(6)));

/** `auc 0.91`: what was logged first says most; nothing where nothing was. */
export function headlineOf(metrics: Metrics | undefined): string {
  const [first] = Object.entries(metrics ?? {});
  return first === undefined ? '' : `${first[0]} ${showMetric(first[1])}`;
}
