// Calls that may change an object in a way nobody can see in the text, while a step that runs beside reads it.

import type { Diagnostic } from '@headwater/protocol';
import type { Context } from './context.ts';
import { at, describeUnit } from './names.ts';

export function findParallelDiagnostics(context: Context): Diagnostic[] {
  if (context.units.every((unit) => unit.findings.suspects.length === 0)) return [];
  const after = reachable(context);
  return context.units.flatMap((unit) => unit.findings.suspects.flatMap(({ callee, names, spot }) => names.flatMap((name) => {
    if (unit.findings.binds.has(name)) return [];
    const beside = context.units.find((each) => each.at > unit.at && each.closes === null && each.findings.reads.has(name) && after.get(unit.name)?.has(each.name) !== true && !isRebound(context, name, unit.at, each.at));
    if (beside === undefined) return [];
    return [at(context, spot, {
      code: 'parallel-mutation', severity: 'hint',
      sentence: `If \`${callee}\` changes \`${name}\` here, ${describeUnit(beside).toLowerCase()}, which runs beside ${describeUnit(unit).toLowerCase()}, has to run again.`,
      hint: `If it does, tag it \`prev:${unit.name}\`.`,
    })];
  })));
}

function isRebound({ providers }: Context, name: string, from: number, reader: number): boolean {
  return providers.above(name, reader).some((each) => each > from);
}

/** Units that run after each, by any chain of edges. */
function reachable({ units, edges }: Context): Map<string, Set<string>> {
  const after = new Map<string, Set<string>>(units.map((unit) => [unit.name, new Set()]));
  for (const unit of [...units].reverse()) {
    for (const edge of edges) {
      if (edge.from !== unit.name) continue;
      const own = after.get(unit.name);
      own?.add(edge.to);
      for (const far of after.get(edge.to) ?? []) own?.add(far);
    }
  }
  return after;
}
