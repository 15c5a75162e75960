// Pages of tasks. A page goes on behind the last row given out, wherever that stands by now: rows never come twice for the hand that scrolls. Pure.

import type { Params, TaskPage, TaskRow } from '@headwater/protocol';
import type { TaskTest } from './find-tasks.ts';

type Sort = Params<'tasks'>['sort'];

/** What a row is sorted by, and its place in the order of the notebook: together unlike any other's. */
interface Keyed {
  readonly key: number;
  readonly place: number;
  readonly row: TaskRow;
}

const KEYS: Readonly<Record<Sort, (row: TaskRow) => number>> = {
  order: () => 0,
  failed: ({ status }) => (status === 'failed' ? 0 : 1),
  took: ({ ms }) => -(ms ?? -1),
  memory: ({ peakBytes }) => -(peakBytes ?? -1),
};

export interface PageChoice {
  readonly sort: Sort;
  readonly matches: TaskTest;
  readonly after: string | null;
  readonly limit: number;
}

export function pageTasks(rows: Iterable<TaskRow>, { sort, matches, after, limit }: PageChoice): TaskPage {
  const found: Keyed[] = [];
  let place = 0;
  for (const row of rows) {
    if (matches(row)) found.push({ key: KEYS[sort](row), place, row });
    place += 1;
  }
  found.sort(compare);
  const from = readCursor(after);
  const begin = from === null ? 0 : found.findIndex((each) => compare(each, from) > 0);
  const page = begin < 0 ? [] : found.slice(begin, begin + limit);
  const last = page.at(-1);
  const isEnd = last === undefined || begin + page.length >= found.length;
  return { rows: page.map(({ row }) => row), next: isEnd ? null : `${last.key} ${last.place}`, matching: found.length, total: place };
}

const compare = (a: Pick<Keyed, 'key' | 'place'>, b: Pick<Keyed, 'key' | 'place'>) => a.key - b.key || a.place - b.place;

/** Null for none, and for what was never given out: then from the beginning. */
function readCursor(text: string | null): Pick<Keyed, 'key' | 'place'> | null {
  const [key = NaN, place = NaN] = (text ?? '').split(' ').map(Number);
  return text === null || Number.isNaN(key) || Number.isNaN(place) ? null : { key, place };
}
