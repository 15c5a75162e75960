// Versions of Python, and what `requires-python` asks of them.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `3.11.7`, or null where it does not run. */
export async function askVersion([program, ...args]: readonly [string, ...string[]], env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  try {
    return (await run(program, [...args, '-I', '-c', 'import sys; print(".".join(map(str, sys.version_info[:3])))'], { env })).stdout.trim();
  } catch {
    return null;
  }
}

export const minorOf = (version: string) => version.split('.').slice(0, 2).join('.');

/** Whether a final release is one that the specifier (PEP 440) allows. */
export function satisfies(version: string, specifier: string): boolean {
  return specifier.split(',').every((clause) => holds(numbers(version), clause.trim()));
}

const numbers = (version: string) => version.split('.').map(Number);

function holds(version: readonly number[], clause: string): boolean {
  const { operator = '', wanted = '' } = /^(?<operator>~=|===?|!=|<=|>=|<|>)\s*(?<wanted>[\d.]+?)(?:\.\*)?$/.exec(clause)?.groups ?? {};
  const bound = numbers(wanted);
  const order = compare(version, bound);
  const within = compare(version.slice(0, bound.length), bound) === 0;
  switch (operator) {
    case '>=': return order >= 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    case '<': return order < 0;
    case '!=': return clause.endsWith('.*') ? !within : order !== 0;
    case '~=': return order >= 0 && compare(version.slice(0, bound.length - 1), bound.slice(0, -1)) === 0;
    case '==': case '===': return clause.endsWith('.*') ? within : order === 0;
    default: return clause === '';
  }
}

/** Missing parts count as zero. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
