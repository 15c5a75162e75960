// A plain table: columns as wide as their content, nothing drawn.

import { stripVTControlCharacters } from 'node:util';

/** Columns a text takes, close enough for names and numbers: one a character. */
const widthOf = (text: string) => Array.from(stripVTControlCharacters(text)).length;

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, at) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at] ?? ''))));
  for (const row of [head, ...rows]) {
    const line = row.map((text, at) => text + ' '.repeat((widths[at] ?? 0) - widthOf(text))).join('  ');
    process.stdout.write(`${line.trimEnd()}\n`);
  }
}
