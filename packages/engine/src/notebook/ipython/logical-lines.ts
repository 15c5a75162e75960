// Cuts a cell into logical lines as IPython does before it looks for magics: brackets, strings and backslashes join lines.

export interface LogicalLine {
  /** Offsets; `start` is after the indentation, `end` before the line break. */
  readonly start: number;
  readonly end: number;
  /** `=` outside brackets that assign. */
  readonly assigns: readonly number[];
  /** `;` outside brackets. */
  readonly semicolons: readonly number[];
  /** Where a comment at its end begins, or null. */
  readonly comment: number | null;
  /** It begins with a character that no Python statement begins with. */
  readonly escaped: boolean;
}

const ESCAPES = '%!?,;/';
const OPENING = '([{';
const CLOSING = ')]}';

export function splitLogicalLines(source: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let at = 0;
  while (at < source.length) {
    const start = skipBlank(source, at);
    if (start >= source.length) break;
    const line = ESCAPES.includes(source.charAt(start)) ? scanEscaped(source, start) : scanPython(source, start);
    lines.push(line);
    at = line.end + 1;
  }
  return lines;
}

/** Past blank lines, lines of only a comment, and indentation. */
function skipBlank(source: string, from: number): number {
  let at = from;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '#') at = endOfLine(source, at);
    else if (/\s/.test(char)) at += 1;
    else return at;
  }
  return at;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

function scanEscaped(source: string, start: number): LogicalLine {
  let end = endOfLine(source, start);
  while (source.charAt(end - 1) === '\\' && end < source.length) end = endOfLine(source, end + 1);
  return { start, end, assigns: [], semicolons: [], comment: null, escaped: true };
}

function scanPython(source: string, start: number): LogicalLine {
  let depth = 0;
  let comment: number | null = null;
  const assigns: number[] = [];
  const semicolons: number[] = [];
  let at = start;
  for (let char = source.charAt(at); char !== '' && (depth > 0 || char !== '\n'); char = source.charAt(at)) {
    depth = Math.max(0, depth + nesting(char));
    comment = char === '#' ? at : null;
    if (depth === 0 && char === ';') semicolons.push(at);
    if (depth === 0 && isAssign(source, at)) assigns.push(at);
    at = skipPiece(source, at, depth > 0);
  }
  return { start, end: Math.min(at, source.length), assigns, semicolons, comment, escaped: false };
}

/** To what comes after a comment, a string, an escaped character or any other. */
function skipPiece(source: string, at: number, inBrackets: boolean): number {
  const char = source.charAt(at);
  if (char === '#') return endOfLine(source, at);
  if (char === '"' || char === "'") return skipString(source, at, inBrackets);
  return at + (char === '\\' ? 2 : 1);
}

function nesting(char: string): number {
  if (char === '') return 0;
  if (OPENING.includes(char)) return 1;
  return CLOSING.includes(char) ? -1 : 0;
}

/** `=` itself: not `==`, `<=`, `:=`, `+=`. */
function isAssign(source: string, at: number): boolean {
  return source.charAt(at) === '=' && source.charAt(at + 1) !== '=' && !'=!<>:+-*/%@&|^'.includes(source.charAt(at - 1));
}

/** A quote that is never closed ends with its line, so that one slip does not swallow the cell. */
function skipString(source: string, start: number, inBrackets: boolean): number {
  const quote = source.charAt(start);
  const triple = source.startsWith(quote.repeat(3), start);
  const delimiter = triple ? quote.repeat(3) : quote;
  let at = start + delimiter.length;
  while (at < source.length) {
    if (source.startsWith(delimiter, at)) return at + delimiter.length;
    if (source.charAt(at) === '\n' && !triple) return inBrackets ? at + 1 : at;
    at += source.charAt(at) === '\\' ? 2 : 1;
  }
  return source.length;
}
