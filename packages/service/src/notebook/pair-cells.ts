// Which cell of the open notebook is which cell of the notebook that ran: by step and place within it, since ids may be gone or made anew. Pure.

import type { Cell, Flow } from '@headwater/protocol';

export interface Pair {
  readonly step: string;
  /** Position in the notebook that ran, and in the open one; null where there is none. */
  readonly ran: number | null;
  readonly now: number | null;
}

/** Cells of the flow in the order of the open notebook, then those it no longer has. */
export function pairCells(ran: Flow, now: Flow): Pair[] {
  const names = [...new Set([...now.steps, ...ran.steps].map((step) => step.name))];
  return names.flatMap((step) => pairStep(cellsOf(ran, step), cellsOf(now, step)).map(([before, after]) => ({ step, ran: before?.index ?? null, now: after?.index ?? null })));
}

type CellText = Pick<Cell, 'index' | 'source'>;

function cellsOf(flow: Flow, step: string): CellText[] {
  return (flow.steps.find((each) => each.name === step)?.cells ?? []).flatMap((index) => flow.cells[index] ?? []);
}

/** Cells whose text is the same stay together when one was put between them or taken out; the rest pair in order. */
function pairStep(ran: readonly CellText[], now: readonly CellText[]): [CellText | null, CellText | null][] {
  const [first, ...before] = ran;
  const [next, ...after] = now;
  if (first === undefined) return now.map((cell) => [null, cell]);
  if (next === undefined) return ran.map((cell) => [cell, null]);
  const inserted = first.source === next.source ? -1 : now.findIndex((cell) => cell.source === first.source);
  if (inserted > 0) return [...now.slice(0, inserted).map((cell): [null, CellText] => [null, cell]), ...pairStep(ran, now.slice(inserted))];
  const dropped = first.source === next.source ? -1 : ran.findIndex((cell) => cell.source === next.source);
  if (dropped > 0) return [...ran.slice(0, dropped).map((cell): [CellText, null] => [cell, null]), ...pairStep(ran.slice(dropped), now)];
  return [[first, next], ...pairStep(before, after)];
}
