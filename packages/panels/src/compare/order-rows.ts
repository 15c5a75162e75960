// Rows of the table of runs: which columns there are, and their order. Pure.

import type { RunRow } from '@headwater/protocol';
import type { Metrics } from '../runs/metrics.ts';

export interface Order {
  readonly by: 'took' | 'parameter' | 'metric';
  readonly name: string;
  readonly descending: boolean;
}

/** Columns of one kind at most. */
const MOST = 12;

/** Parameters that were given in some of these runs and are not the same in all. */
export function differing(rows: readonly RunRow[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.parameters)))];
  return names.filter((name) => new Set(rows.map((row) => row.parameters[name])).size > 1).slice(0, MOST);
}

export function metricNames(metrics: Iterable<Metrics>): string[] {
  return [...new Set([...metrics].flatMap((each) => Object.keys(each)))].slice(0, MOST);
}

/** As they came without an order; what has no value stands last whichever way. */
export function orderRows(rows: readonly RunRow[], order: Order | null, metrics: ReadonlyMap<string, Metrics>): readonly RunRow[] {
  if (order === null) return rows;
  const sign = order.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row, order, metrics) }));
  keyed.sort((a, b) => Number(a.key === null) - Number(b.key === null) || (a.key === null || b.key === null ? 0 : sign * compare(a.key, b.key)));
  return keyed.map(({ row }) => row);
}

function keyOf(row: RunRow, { by, name }: Order, metrics: ReadonlyMap<string, Metrics>): number | string | null {
  switch (by) {
    case 'took':
      return row.ended === null ? null : row.ended - row.started;
    case 'metric':
      return metrics.get(row.run)?.[name] ?? null;
    case 'parameter': {
      const text = plainValue(row.parameters[name] ?? '');
      return text === '' ? null : Number.isNaN(Number(text)) ? text : Number(text);
    }
  }
}

const compare = (a: number | string, b: number | string) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true }));

/** A text without its quotes. */
export const plainValue = (literal: string): string => literal.replace(/^(['"])(.*)\1$/s, '$2');
