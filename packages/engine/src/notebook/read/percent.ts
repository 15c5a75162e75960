// A Python script whose `# %%` comments begin cells, as Jupytext, VS Code and Spyder write it.

import { readMarker, type Marker } from './percent-marker.ts';
import { splitHeader } from './percent-header.ts';
import { readSettings } from './metadata.ts';
import { refuseOtherLanguages } from './language.ts';
import { isKnownMagic } from '../ipython/magics.ts';
import type { Notebook, RawCell } from './notebook.ts';

export function readPercent(text: string, path: string): Notebook {
  const { metadata, body } = splitHeader(text.replace(/\r\n?/g, '\n'));
  refuseOtherLanguages(metadata, path);
  const cells = splitCells(body).map(({ marker, lines }, index) => readCell(marker, lines, index));
  return { cells, ...readSettings(metadata) };
}

interface Piece {
  readonly marker: Marker | null;
  readonly lines: string[];
}

function splitCells(body: string): Piece[] {
  const pieces: Piece[] = [{ marker: null, lines: [] }];
  for (const line of body.split('\n')) {
    const marker = readMarker(line);
    if (marker !== null) pieces.push({ marker, lines: [] });
    else pieces.at(-1)?.lines.push(line);
  }
  return pieces.filter((piece) => piece.marker !== null || piece.lines.some((line) => line.trim() !== ''));
}

function readCell(marker: Marker | null, lines: readonly string[], index: number): RawCell {
  const text = lines.join('\n').trimEnd();
  const type = marker?.type ?? 'code';
  const source = type === 'text' ? readProse(text) : uncommentMagics(text, marker?.language ?? null);
  return { index, id: marker?.id ?? null, type, source, tags: marker?.tags ?? [] };
}

/** Comments, or one string in triple quotes. */
function readProse(text: string): string {
  const quoted = /^r?(?<quotes>"""|''')\n?(?<inner>[\s\S]*?)\n?\k<quotes>\s*$/.exec(text.trim());
  return quoted?.groups?.['inner'] ?? text.replace(/^# ?/gm, '');
}

/** Magics are no Python, so they stand behind `# ` in a script; in a cell of another language every line does. */
function uncommentMagics(text: string, language: string | null): string {
  if (language !== null) return `%%${language}\n${text.replace(/^# ?/gm, '')}`;
  const lines = text.split('\n');
  const first = lines.find((line) => line.trim() !== '') ?? '';
  if (/^# ?%%\w/.test(first)) return text.replace(/^# ?/gm, '');
  return lines.map(uncommentLine).join('\n');
}

function uncommentLine(line: string): string {
  const { indent = '', rest = '', magic } = /^(?<indent>\s*)# ?(?<rest>(?:[\w.,[\] ]+=\s*)?(?:%(?<magic>[A-Za-z]\w*).*|![A-Za-z.~$\\/{].*))$/.exec(line)?.groups ?? {};
  if (rest === '' || (magic !== undefined && !isKnownMagic(magic))) return line;
  return indent + rest;
}
