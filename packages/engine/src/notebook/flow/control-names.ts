// What tags do to names, beside the code: a foreach binds its item, a join binds what it collects, a condition reads.

import type { Control, Parameter } from '@headwater/protocol';
import type { Findings, Spot } from '../names/findings.ts';

export function withControl(findings: Findings, control: Control, cell: number): Findings {
  const given = new Set(givenNames(control));
  const bound = control.catches === null ? given : new Set([...given, control.catches]);
  const spot: Spot = { cell, start: 0, end: 0 };
  const reads = new Map([...findings.reads].filter(([name]) => !given.has(name)));
  if (control.join !== null) reads.delete('inputs');
  const binds = new Map(findings.binds);
  for (const name of bound) if (binds.get(name)?.sure !== true) binds.set(name, { spot, kind: 'bind', sure: true, late: false });
  for (const { name } of control.when) if (!reads.has(name)) reads.set(name, { spot, soft: true, late: false });
  return { ...findings, reads, binds };
}

/** A parameter without a value (`n: int`) has one before the first cell runs, or the run is refused. */
export function withDeclared(findings: Findings, declared: readonly Parameter[]): Findings {
  if (declared.length === 0) return findings;
  const names = new Set(declared.map(({ name }) => name));
  const reads = new Map([...findings.reads].filter(([name]) => !names.has(name)));
  const binds = new Map(findings.binds);
  for (const { name, cell } of declared) if (binds.get(name)?.sure !== true) binds.set(name, { spot: { cell, start: 0, end: 0 }, kind: 'bind', sure: true, late: false });
  return { ...findings, reads, binds };
}

/** Bound before the first cell. */
function givenNames({ foreach, join }: Control): string[] {
  return [...(foreach === null ? [] : [foreach.item]), ...(join?.all ?? []).map(([all]) => all)];
}
