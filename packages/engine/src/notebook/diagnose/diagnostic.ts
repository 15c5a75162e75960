// How a diagnostic is made: what is not said is null.

import type { Diagnostic } from '@headwater/protocol';

export type Finding = Pick<Diagnostic, 'code' | 'severity' | 'sentence'> & Partial<Diagnostic>;

export function diagnose(finding: Finding): Diagnostic {
  return { cell: null, range: null, hint: null, fix: null, ...finding };
}

/** `a`, `b` and `c`. */
export function listNames(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`;
}
