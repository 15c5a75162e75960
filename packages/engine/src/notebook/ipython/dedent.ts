// A cell that is indented as a whole counts as if it were not.

import type { Draft } from './prepared.ts';

/** Cuts the first line's indentation from every line; answers with the first line that is not blank. */
export function dedent(draft: Draft, from: number): number {
  const first = draft.lines.findIndex((line, at) => at >= from && line.trim() !== '');
  const indent = /^[ \t]*/.exec(draft.lines[first] ?? '')?.[0] ?? '';
  if (first < 0 || indent === '') return first;
  for (let line = first; line < draft.lines.length; line += 1) {
    if (draft.lines[line]?.startsWith(indent) === true) draft.cut(line, indent.length);
  }
  return first;
}
