// A name gets a value: what is known about it from here on.

import type { Code } from '../facts/code.ts';
import type { Bind, Delete } from '../facts/event.ts';
import type { Value } from '../facts/value.ts';
import { kindOfCall } from '../knowledge/makers.ts';
import { UNKNOWN, type Known, type Tie } from './known.ts';
import type { Simulation } from './simulation.ts';

export function onBind(simulation: Simulation, event: Bind): void {
  const { memory } = simulation;
  const before = memory.get(event.name);
  const sure = event.sure && simulation.mention === null;
  simulation.bind(event.name, 'bind', event, event.sure);
  const fresh = event.how === 'augment' && before !== null ? { ...before, text: null } : learn(simulation, event.value);
  if (fresh.codes.length > 0 || (before?.codes.length ?? 0) > 0) simulation.done.clear();
  const known = before === null || sure ? { ...fresh, version: simulation.nextVersion(event.name) } : merge(before, fresh);
  memory.set(event.name, known);
  tieBack(simulation, event.name, known);
}

export function onDelete(simulation: Simulation, event: Delete): void {
  const { findings } = simulation;
  // Bound here before or not: one of an earlier step is gone as well, and only what was loaded can be missed.
  findings.deletes.add(event.name);
  if (!event.covered && !findings.sure.has(event.name)) simulation.read(event.name, event, false);
  simulation.bind(event.name, 'delete', event, event.sure);
  simulation.done.clear();
}

function learn(simulation: Simulation, value: Value): Known {
  const { memory } = simulation;
  const same = simulation.names(value.same);
  const part = simulation.names(value.part);
  const holds = simulation.names(value.holds).filter((name) => memory.get(name)?.constant !== true);
  const origin = originOf(simulation, value);
  // An element of `[a, b]` may be a or b itself; an iterator over it is neither.
  const elements = origin.kind === 'stream' ? [] : memory.contents(part);
  return {
    ...origin,
    version: 0,
    dotted: simulation.absolute(value.dotted),
    codes: codesOf(simulation, value),
    instances: instancesOf(simulation, value),
    text: simulation.text(value),
    same: [...same, ...elements].map((name) => memory.tie(name)),
    wholes: part.map((name) => memory.tie(name)),
    parts: holds.map((name) => memory.tie(name)),
  };
}

/** What it is by what made it; another name for one thing is what that is. */
function originOf(simulation: Simulation, value: Value): Pick<Known, 'kind' | 'maker' | 'constant'> {
  const [only, ...others] = simulation.names(value.same);
  const twin = only === undefined || others.length > 0 ? null : simulation.memory.get(only);
  if (twin !== null) return { kind: twin.kind, maker: twin.maker, constant: twin.constant };
  const maker = simulation.absolute(value.call) ?? value.call;
  const kind = maker === null ? 'plain' : kindOfCall(maker);
  return { kind: value.stream ? 'stream' : kind, maker, constant: value.constant };
}

function codesOf(simulation: Simulation, value: Value): readonly Code[] {
  const called = calledCodes(simulation, value);
  const returned = called.filter((code) => code.kind === 'function' && returnsCode(code));
  const passed = simulation.names([...value.same, ...value.carries, ...called.flatMap((code) => [...code.returns.same, ...code.returns.carries])])
    .filter((name) => name !== value.call)
    .flatMap((name) => simulation.memory.get(name)?.codes ?? []);
  return [...new Set([...value.code.filter((code) => code.name !== ''), ...returned, ...passed])];
}

/** A function inside a function counts as part of it. */
function returnsCode(code: Code): boolean {
  return code.generator || code.returns.code.length > 0;
}

function instancesOf(simulation: Simulation, value: Value): readonly Code[] {
  const made = calledCodes(simulation, value).filter((code) => code.kind === 'class');
  const passed = simulation.names([...value.same, ...value.part, ...value.holds]).flatMap((name) => simulation.memory.get(name)?.instances ?? []);
  return [...new Set([...made, ...passed])];
}

function calledCodes(simulation: Simulation, value: Value): readonly Code[] {
  return value.call === null ? [] : simulation.memory.get(value.call)?.codes ?? [];
}

function merge(a: Known, b: Known): Known {
  const both = <T>(pick: (known: Known) => readonly T[]): readonly T[] => [...new Set([...pick(a), ...pick(b)])];
  return {
    ...UNKNOWN,
    version: a.version,
    dotted: a.dotted === b.dotted ? a.dotted : a.dotted ?? b.dotted,
    kind: a.kind === b.kind ? a.kind : 'plain',
    constant: a.constant && b.constant,
    codes: both((known) => known.codes),
    instances: both((known) => known.instances),
    same: both((known) => known.same),
    wholes: both((known) => known.wholes),
    parts: both((known) => known.parts),
  };
}

/** The other ends of the ties: `y = x` shows a change of x in y, `a = [x]` one of x in a. */
function tieBack(simulation: Simulation, name: string, known: Known): void {
  const { memory } = simulation;
  const tie: Tie = { name, version: known.version };
  for (const other of known.same) add(other, 'same');
  for (const other of known.parts) add(other, 'wholes');
  function add(other: Tie, end: 'same' | 'wholes'): void {
    const target = memory.get(other.name);
    if (target !== null && target.dotted === null && other.name !== name) memory.set(other.name, { ...target, [end]: [...target[end], tie] });
  }
}
