// Text with terminal colours as pieces with a class. Every other control sequence is left out: a title, a link or a cursor has no meaning here. Pure.

export interface Piece {
  readonly text: string;
  readonly className: string;
}

/** Sequences of ECMA-48: CSI, OSC (ended by BEL or ST), other strings, single escapes; and stray control characters. */
const SEQUENCE = /\u001b\[([0-9;:?]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[PX^_][^\u001b]*(?:\u001b\\)?|\u001b[ -/]*[0-~]?|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/g;
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

interface Style {
  readonly bold: boolean;
  readonly colour: string | null;
}

const PLAIN: Style = { bold: false, colour: null };

export function readAnsi(text: string): Piece[] {
  const pieces: Piece[] = [];
  let style = PLAIN;
  let last = 0;
  const add = (part: string) => {
    if (part !== '') pieces.push({ text: part, className: [style.bold ? 'hw-bold' : '', style.colour === null ? '' : `hw-ansi-${style.colour}`].filter((each) => each !== '').join(' ') });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    add(text.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[2] === 'm') style = (match[1] ?? '').split(/[;:]/).map(Number).reduce(change, style);
  }
  add(text.slice(last));
  return pieces;
}

function change(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 22) return { ...style, bold: false };
  if (code === 39) return { ...style, colour: null };
  return { ...style, colour: colourOf(code) ?? style.colour };
}

/** Of 30 to 37, and the bright ones of 90 to 97. */
function colourOf(code: number): string | null {
  const at = code >= 90 ? code - 90 : code - 30;
  return (at >= 0 ? COLOURS[at] : undefined) ?? null;
}

/** What a terminal would show of lines that rewrite themselves: a progress bar stays one line. */
export function foldReturns(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n').split('\n').map((line) => line.split('\r').filter((part) => part !== '').at(-1) ?? '').join('\n') : text;
}
