// From a cell's text to plain Python with as many lines: magics become the calls they stand for, as in IPython itself.

import { dedent } from './dedent.ts';
import { prepareCellMagic } from './cell-magic.ts';
import { findAutomagic } from './automagic.ts';
import { rewriteLine } from './rewrite-line.ts';
import { splitLogicalLines } from './logical-lines.ts';
import { Draft, type Prepared } from './prepared.ts';

export function prepareCell(source: string): Prepared {
  const draft = new Draft(source);
  prepareLines(draft, 0);
  return draft.finish();
}

/** A line that begins like a command, an assignment from one, or a question: all other cells are Python as they are. */
const MAY_BE_MAGIC = /^[ \t]*[%!?,;/]|=[ \t]*[%!]|\?[ \t]*$/m;

/** Rewrites the lines from this one on; a cell magic hands its body back here. */
function prepareLines(draft: Draft, from: number): void {
  const first = dedent(draft, from);
  const line = draft.lines[first];
  if (line === undefined) return;
  if (/^%%[^?]*$/.test(line)) {
    prepareCellMagic(draft, first, prepareLines);
    return;
  }
  const automagic = findAutomagic(draft.lines, first);
  if (automagic !== null) draft.lines[first] = automagic;
  const text = draft.lines.slice(first).join('\n');
  if (!MAY_BE_MAGIC.test(text)) return;
  const starts = lineStarts(text);
  for (const logical of splitLogicalLines(text)) {
    const at = first + starts.findLastIndex((start) => start <= logical.start);
    rewriteLine(draft, { line: at, column: logical.start - (starts[at - first] ?? 0), logical, text });
  }
}

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
