// A cell that begins with `%%name`: its body is Python for some, a text of its own for the rest.

import { cellMagicKind, optionsLength, type MagicKind } from './magics.ts';
import type { Draft } from './prepared.ts';

const FIRST_LINE = /^%%(?<name>\S*)[ \t]*(?<line>.*)$/;

/** `prepareRest` prepares the body where it is Python: magics may stand in it, other cell magics too. */
export function prepareCellMagic(draft: Draft, first: number, prepareRest: (draft: Draft, from: number) => void): void {
  const { name = '', line = '' } = FIRST_LINE.exec(draft.lines[first] ?? '')?.groups ?? {};
  const kind = cellMagicKind(name);
  if (!holdsPython(kind)) {
    draft.write(first, draft.lines.length - 1, call(name, line, draft.lines.slice(first + 1).join('\n')));
    return;
  }
  prepareRest(draft, first + 1);
  draft.write(first, first, codeOf(name, line) ?? call(name, line, ''));
  if (kind === 'apart') for (let at = first; at < draft.lines.length; at += 1) draft.apart.add(at);
}

function holdsPython(kind: MagicKind): boolean {
  return kind === 'code' || kind === 'apart';
}

/** `%%timeit x = 1` runs the rest of its line before the body. */
function codeOf(name: string, line: string): string | null {
  const code = name === 'capture' ? '' : line.slice(optionsLength(name, line)).trim();
  return code === '' ? null : code;
}

function call(name: string, line: string, body: string): string {
  return `get_ipython().run_cell_magic(${[name, line.trim(), body].map((text) => JSON.stringify(text)).join(', ')})`;
}
