// Where a list is taken apart: where it was made. What made it has its classes at hand, and a place of its own for so little work is dear.

import { parseAttemptKey, parseTask } from './names.ts';
import type { Start } from './worker-wire.ts';

/** Of an attempt that takes a list apart, the step that made the list; null of any other. */
export function makerOfList({ split, world }: Pick<Start, 'split' | 'world'>): string | null {
  const version = split === null ? null : world.names[split.list]?.[0] ?? null;
  return version === null ? null : parseTask(parseAttemptKey(version).task)?.step ?? null;
}
