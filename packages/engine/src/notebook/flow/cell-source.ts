// A cell's text as it runs: lines that install packages stand still.

import type { PipLine } from '../ipython/prepared.ts';

export function blankInstalls(source: string, pips: readonly PipLine[]): string {
  if (pips.length === 0) return source;
  const lines = source.split('\n');
  for (const { line, text } of pips) {
    const indent = /^\s*/.exec(lines[line] ?? '')?.[0] ?? '';
    const rest = text.split('\n').length - 1;
    // `pass` where a block may need a statement; the comment shows what stood there.
    lines[line] = `${indent}pass  # ${(lines[line] ?? '').trim()}`;
    for (let next = line + 1; next <= line + rest; next += 1) lines[next] = `# ${(lines[next] ?? '').trim()}`;
  }
  return lines.join('\n');
}
