// A name for the step that a cell would become: what it binds last, or else its place. Pure.

import { isStepName, type Analysis, type Flow } from '@headwater/protocol';

const BINDS = /^(?:(?<assigned>[\p{L}_][\p{L}\p{N}_]*)(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)*\s*(?::[^=\n]+)?=(?!=)|def\s+(?<defined>[\p{L}_][\p{L}\p{N}_]*))/gmu;
const LONGEST = 30;

/** For cells of code that belong to no step yet. No two get the same name, and none that a step has. */
export function proposeNames(flow: Flow): Analysis['proposals'] {
  const taken = new Set(flow.steps.map((step) => step.name));
  return flow.cells.filter((cell) => cell.role !== 'step' && cell.role !== 'text' && cell.source.trim() !== '').map((cell) => {
    const name = unlike(taken, nameFor(cell.source) ?? `step${cell.index + 1}`);
    taken.add(name);
    return { cell: cell.index, name };
  });
}

function nameFor(source: string): string | null {
  const found = [...source.matchAll(BINDS)].at(-1)?.groups;
  const name = found?.['assigned'] ?? found?.['defined'];
  return name !== undefined && name.length <= LONGEST && isStepName(name) ? name : null;
}

function unlike(taken: ReadonlySet<string>, name: string): string {
  for (let at = 1; ; at += 1) {
    const tried = at === 1 ? name : `${name}-${at}`;
    if (!taken.has(tried)) return tried;
  }
}
