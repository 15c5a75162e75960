// What the tags of a step ask for beside its course.

import { mergeRequirements, NO_ASKS, type Asks, type NotebookEnvironment, type Tag } from '@headwater/protocol';
import type { Unit } from './build-units.ts';
import { findTags } from './control.ts';

/** What a step says itself counts before what the notebook says for all. */
export function readAsks(unit: Unit, defaults: readonly Tag[]): Asks {
  if (unit.kind !== 'step') return NO_ASKS;
  const own = unit.cells.flatMap((cell) => cell.tags);
  const all = [...own, ...defaults];
  return {
    ...readRoom(all),
    env: lastWins(findTags(all, 'env').map(({ name, value }) => [name, value])),
    secrets: [...new Set(findTags(all, 'secret').map(({ name }) => name))].sort(),
    reads: [...new Set(findTags(all, 'reads').map(({ glob }) => glob))].sort(),
    writes: [...new Set(findTags(all, 'writes').map(({ glob }) => glob))].sort(),
    ...readEnvironment(all),
    pip: mergeRequirements(requirementsOf(own), requirementsOf(defaults)),
    cached: findTags(all, 'cache').length > 0,
  };
}

function readRoom(tags: readonly Tag[]): Pick<Asks, 'cpus' | 'memoryBytes' | 'gpus' | 'diskBytes' | 'limits'> {
  return {
    cpus: findTags(tags, 'cpu')[0]?.cores ?? null,
    memoryBytes: findTags(tags, 'memory')[0]?.bytes ?? null,
    gpus: findTags(tags, 'gpu')[0]?.count ?? null,
    diskBytes: findTags(tags, 'disk')[0]?.bytes ?? null,
    limits: lastWins(findTags(tags, 'limit').map(({ resource, value }) => [resource, value])),
  };
}

/** What the notebook says for setup, too. */
export function readNotebookAsks(defaults: readonly Tag[]): Omit<NotebookEnvironment, 'script'> {
  return { pip: requirementsOf(defaults), ...readEnvironment(defaults) };
}

function readEnvironment(tags: readonly Tag[]): Pick<Asks, 'conda' | 'image'> {
  return { conda: findTags(tags, 'conda')[0]?.name ?? null, image: findTags(tags, 'image')[0]?.reference ?? null };
}

function requirementsOf(tags: readonly Tag[]): string[] {
  return [...new Set(findTags(tags, 'pip').map(({ requirement }) => requirement))];
}

/** The step's own stand first, and count. */
function lastWins(pairs: readonly [string, string][]): Record<string, string> {
  return Object.fromEntries([...pairs].reverse());
}
