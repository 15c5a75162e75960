// A cell that begins with `%%name`: its body is Python for some, a text of its own for the rest.

import { cellMagicKind, optionsLength } from './magics.ts';
import type { Draft } from './prepared.ts';

/** `prepareRest` prepares the body where it is Python: magics may stand in it, other cell magics too. */
export function prepareCellMagic(draft: Draft, first: number, prepareRest: (draft: Draft, from: number) => void): void {
  const { name = '', line = '' } = /^%%(?<name>\S*)[ \t]*(?<line>.*)$/.exec(draft.lines[first] ?? '')?.groups ?? {};
  const kind = cellMagicKind(name);
  const body = draft.lines.slice(first + 1).join('\n');
  if (kind !== 'code' && kind !== 'apart') {
    draft.write(first, draft.lines.length - 1, `get_ipython().run_cell_magic(${[name, line.trim(), body].map((text) => JSON.stringify(text)).join(', ')})`);
    return;
  }
  prepareRest(draft, first + 1);
  if (kind === 'apart') for (let at = first; at < draft.lines.length; at += 1) draft.apart.add(at);
  const code = name === 'capture' ? '' : line.slice(optionsLength(name, line)).trim();
  draft.write(first, first, code === '' ? `get_ipython().run_cell_magic(${JSON.stringify(name)}, ${JSON.stringify(line.trim())}, "")` : code);
}
