// The notebook of a run: as it was executed, against the open one, and its outputs for the open one's cells.

import { formatRunId, UserError, type CellDiff, type DiffLine, type Flow, type Params, type PlacedOutputs, type TextPart } from '@headwater/protocol';
import { openAnalyser, placeOf, readNotebook } from '@headwater/engine';
import { diffLines } from 'diff';
import { pairCells } from '../notebook/pair-cells.ts';
import { readExecuted, withBundle } from '../runs/read-executed.ts';
import { shrinkBundle } from '../runs/safe-output.ts';
import { readReport } from '../report/read-report.ts';
import type { ReadRun } from '../runs/read-run.ts';
import { findRun, type Context } from './context.ts';

/** Characters of one piece: as UTF-8, and escaped once more as JSON, they still fit a frame. */
const PIECE = 150_000;
/** Outputs of one page as JSON. */
const PAGE_BYTES = 600_000;

export async function executed(context: Context, params: Params<'executed'>): Promise<TextPart> {
  const text = JSON.stringify(await readExecuted(await findRun(context, params), context.user), null, 1);
  return takePiece(text, params.offset);
}

export async function report(context: Context, params: Params<'report'>): Promise<TextPart> {
  return takePiece(await readReport(await findRun(context, params), context.user), params.offset);
}

function takePiece(text: string, offset: number): TextPart {
  const end = offset + PIECE;
  return { text: text.slice(offset, end), next: end < text.length ? end : null };
}

/** The flow that ran and the one that is open. Throws UserError where the first cannot be read any more. */
async function bothFlows(context: Context, found: ReadRun, params: Pick<Params<'diff'>, 'notebook' | 'text'>): Promise<{ ran: Flow; now: Flow }> {
  const ran = await context.recent.flow(found);
  if (ran === null) throw new UserError('snapshot-gone', `The notebook of ${formatRunId(found.id)} is not in the store any more.`, null);
  const file = context.places.notebook(params.notebook);
  const now = (await openAnalyser()).analyse(params.text ?? (await readNotebook(file)), { path: placeOf(file) });
  return { ran, now };
}

export async function diff(context: Context, params: Params<'diff'>): Promise<readonly CellDiff[]> {
  const found = await findRun(context, params);
  const { ran, now } = await bothFlows(context, found, params);
  const failure = found.folded.state.failed?.failure ?? null;
  return pairCells(ran, now).map((pair): CellDiff => {
    const [before, after] = [sourceOf(ran, pair.ran), sourceOf(now, pair.now)];
    return { ...pair, same: before === after, lines: compareLines(before ?? '', after ?? ''), failedLine: failure !== null && failure.cell === pair.ran ? failure.line : null };
  });
}

/** Null where there is no such cell. */
const sourceOf = (flow: Flow, index: number | null) => (index === null ? null : flow.cells[index]?.source ?? null);

function compareLines(before: string, after: string): DiffLine[] {
  return diffLines(`${before}\n`, `${after}\n`).flatMap(({ value, added, removed }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    return value.replace(/\n$/, '').split('\n').map((text): DiffLine => ({ kind, text }));
  });
}

export async function outputs(context: Context, params: Params<'outputs'>): Promise<PlacedOutputs> {
  const found = await findRun(context, params);
  const { ran, now } = await bothFlows(context, found, params);
  const notebook = await readExecuted(found, context.user);
  const pairs = pairCells(ran, now);
  const gone = pairs.filter((pair) => pair.now === null).map((pair) => pair.step).filter((step) => !now.steps.some((each) => each.name === step));
  const placed = pairs.flatMap((pair): Placed[] => {
    const cell = pair.ran === null || pair.now === null ? undefined : notebook.cells[pair.ran];
    if (cell?.outputs === undefined || pair.now === null) return [];
    const shown = cell.outputs.map((output) => withBundle(output, shrinkBundle));
    return [{ index: pair.now, number: cell.execution_count ?? null, outputs: shown, changed: sourceOf(ran, pair.ran) !== sourceOf(now, pair.now) }];
  });
  return { ...takePage(placed.filter((cell) => cell.index >= params.after).sort((a, b) => a.index - b.index)), missing: [...new Set(gone)] };
}

type Placed = PlacedOutputs['cells'][number];

/** As many cells as one answer may carry, one at least. */
function takePage(cells: readonly Placed[]): Pick<PlacedOutputs, 'cells' | 'next'> {
  let size = 0;
  const cut = cells.findIndex((cell, at) => {
    size += JSON.stringify(cell).length;
    return size > PAGE_BYTES && at > 0;
  });
  return cut < 0 ? { cells, next: null } : { cells: cells.slice(0, cut), next: cells[cut]?.index ?? null };
}
