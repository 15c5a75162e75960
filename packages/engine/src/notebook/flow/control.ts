// What the tags of a step say about its course, and where each step stands among the foreach steps around it.

import { NO_CONTROL, type Closes, type Control, type Tag } from '@headwater/protocol';
import type { Unit } from './build-units.ts';

/** Of the tags that a notebook sets for every step, those that make sense for every step. */
const FOR_ALL = new Set(['retry', 'retry-wait', 'timeout', 'catch']);
const DEFAULT_MAX = 100;

export function isForEveryStep(tag: Tag): boolean {
  return FOR_ALL.has(tag.key) || !['foreach', 'join', 'when', 'until', 'max'].includes(tag.key);
}

/** What a step says itself counts before what the notebook says for all. */
export function readControl(unit: Unit, defaults: readonly Tag[]): Control {
  if (unit.kind !== 'step') return NO_CONTROL;
  const own = unit.cells.flatMap((cell) => cell.tags);
  const tags = [...own, ...defaults.filter((tag) => isForEveryStep(tag) && !own.some(({ key }) => key === tag.key))];
  return { ...readCourse(tags), ...readCare(tags) };
}

/** The end it waits for, if it waits for the end of the run. */
export function readCloses({ cells }: Unit): Closes | null {
  const tags = cells.flatMap((cell) => cell.tags);
  const [success, failure] = [findTags(tags, 'on-success').length > 0, findTags(tags, 'on-failure').length > 0];
  if (success && failure) return 'always';
  return success ? 'success' : failure ? 'failure' : null;
}

export function findTags<K extends Tag['key']>(tags: readonly Tag[], key: K): Extract<Tag, { key: K }>[] {
  return tags.filter((tag): tag is Extract<Tag, { key: K }> => tag.key === key);
}

function readCourse(tags: readonly Tag[]): Pick<Control, 'foreach' | 'join' | 'when' | 'until'> {
  const [foreach] = findTags(tags, 'foreach');
  const [until] = findTags(tags, 'until');
  const joins = findTags(tags, 'join');
  return {
    foreach: foreach === undefined ? null : { item: foreach.item, list: foreach.list },
    join: joins.length === 0 ? null : { all: joins.flatMap(({ all, one }): [string, string][] => (all === null || one === null ? [] : [[all, one]])) },
    when: findTags(tags, 'when').map(({ condition }) => condition),
    until: until === undefined ? null : { name: until.name, max: findTags(tags, 'max')[0]?.count ?? DEFAULT_MAX },
  };
}

function readCare(tags: readonly Tag[]): Pick<Control, 'retries' | 'retryWaitMs' | 'timeoutMs' | 'catches'> {
  return {
    retries: findTags(tags, 'retry').map(({ times, cause }) => ({ times, cause })),
    retryWaitMs: findTags(tags, 'retry-wait')[0]?.ms ?? 0,
    timeoutMs: findTags(tags, 'timeout')[0]?.ms ?? null,
    catches: findTags(tags, 'catch')[0]?.name ?? null,
  };
}

/** By unit: positions of the foreach steps it is a branch of, outermost first, its own included. */
export function findChains(controls: readonly Control[]): number[][] {
  const open: number[] = [];
  return controls.map(({ foreach, join }, at) => {
    if (join !== null) open.pop();
    if (foreach !== null) open.push(at);
    return [...open];
  });
}

/** The foreach that each join closes. */
export function findOpeners(controls: readonly Control[]): Map<number, number> {
  const open: number[] = [];
  const found = new Map<number, number>();
  for (const [at, { foreach, join }] of controls.entries()) {
    const opener = join === null ? undefined : open.pop();
    if (opener !== undefined) found.set(at, opener);
    if (foreach !== null) open.push(at);
  }
  return found;
}
