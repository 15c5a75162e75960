// The state of going through a unit's events in order: what is known, what was found, where we are.

import type { Code } from '../facts/code.ts';
import type { Place } from '../facts/event.ts';
import { isParameter } from '../facts/parameters-of-events.ts';
import type { Ref, Value } from '../facts/value.ts';
import { isBuiltin } from '../knowledge/builtin-names.ts';
import { usualModule } from '../knowledge/modules.ts';
import type { BindInfo, BindKind, Findings, ReadInfo, Spot } from './findings.ts';
import type { Memory } from './memory.ts';

/** What stands for the parameters in the call that is looked at. */
export type Frame = ReadonlyMap<string, Value>;

/** More than one name is ever bound in a unit. */
const MAX_BINDINGS = 1e6;

export class Simulation {
  readonly memory: Memory;
  readonly findings: Findings;
  cell = -1;
  /** In a function: where it was mentioned, and with which arguments. */
  mention: Place | null = null;
  frame: Frame | null = null;
  readonly active = new Set<Code>();
  /** Functions all of whose events were gone through since a function was last bound. */
  readonly done = new Set<Code>();
  /** How often each name was bound in the unit. */
  readonly #bindings = new Map<string, number>();

  constructor(memory: Memory, findings: Findings) {
    this.memory = memory;
    this.findings = findings;
  }

  spot(place: Place): Spot {
    const { start, end } = this.mention ?? place;
    return { cell: this.cell, start, end };
  }

  // -------------------------------------------------------------- what was found

  read(name: string, place: Place, soft: boolean): void {
    const { reads, sure } = this.findings;
    if (sure.has(name)) return;
    const fresh: ReadInfo = { spot: this.spot(place), soft, late: this.mention !== null };
    const known = reads.get(name);
    if (known === undefined) reads.set(name, fresh);
    else if ((known.soft && !soft) || (known.late && !fresh.late)) reads.set(name, { spot: known.spot, soft: known.soft && soft, late: known.late && fresh.late });
  }

  bind(name: string, kind: BindKind, place: Place, sure: boolean): void {
    const { binds } = this.findings;
    const fresh: BindInfo = { spot: this.spot(place), kind, sure: sure && this.mention === null, late: this.mention !== null };
    const known = binds.get(name);
    binds.set(name, known === undefined ? fresh : joinBinds(known, fresh));
    if (fresh.sure && kind !== 'change') this.findings.sure.add(name);
  }

  settle(name: string): void {
    const known = this.findings.binds.get(name);
    if (known !== undefined) this.findings.binds.set(name, { ...known, sure: true });
    this.findings.sure.add(name);
  }

  look(openness: 'open' | 'opaque', reason: string, place: Place): void {
    const { findings } = this;
    if (findings.openness === 'opaque' || (findings.openness === 'open' && openness === 'open')) return;
    findings.openness = openness;
    findings.reason = reason;
    findings.reasonSpot = this.spot(place);
  }

  nextVersion(name: string): number {
    const count = (this.#bindings.get(name) ?? 0) + 1;
    this.#bindings.set(name, count);
    return (this.cell + 1) * MAX_BINDINGS + count;
  }

  // -------------------------------------------------------------- what refs and dotted names mean here

  isBound(name: string): boolean {
    return this.memory.get(name) !== null || this.findings.binds.has(name);
  }

  /** Global names behind refs: parameters stand for what the call gave. */
  names(refs: readonly Ref[]): readonly string[] {
    if (refs.length === 0 || this.mention === null) return refs;
    return refs.flatMap((ref) => {
      if (!isParameter(ref)) return [ref];
      const value = this.frame?.get(ref.slice(1));
      return value === undefined ? [] : [...value.same, ...value.part].filter((each) => !isParameter(each));
    });
  }

  /** The absolute name of `np.random.seed`, or null where its root is nothing imported and no builtin. */
  absolute(dotted: string | null): string | null {
    if (dotted === null) return null;
    if (dotted.startsWith('=')) return dotted.slice(1);
    const dot = dotted.indexOf('.');
    const root = dot < 0 ? dotted : dotted.slice(0, dot);
    const rest = dot < 0 ? '' : dotted.slice(dot);
    const known = this.memory.get(root);
    if (known !== null) return known.dotted === null ? null : known.dotted + rest;
    if (this.findings.binds.has(root)) return null;
    if (isBuiltin(root)) return `builtins.${dotted}`;
    const usual = usualModule(root);
    return usual === null ? null : usual + rest;
  }

  text(value: Value): string | null {
    if (value.text === null) return null;
    let text = '';
    for (const part of value.text) {
      const spelt = 'literal' in part ? part.literal : this.#textOf(part.ref);
      if (spelt === null) return null;
      text += spelt;
    }
    return text;
  }

  #textOf(ref: Ref): string | null {
    if (!isParameter(ref)) return this.memory.get(ref)?.text ?? null;
    const value = this.frame?.get(ref.slice(1));
    return value === undefined || value.text?.some((part) => 'ref' in part && isParameter(part.ref)) === true ? null : this.text(value);
  }
}

/** A change says nothing of whether the name itself is surely bound. */
function joinBinds(a: BindInfo, b: BindInfo): BindInfo {
  if (a.kind === 'change' && b.kind !== 'change') return { ...b, spot: a.spot };
  if (b.kind === 'change' && a.kind !== 'change') return a;
  return { spot: a.spot, kind: a.kind === 'bind' || b.kind === 'bind' ? 'bind' : a.kind, sure: a.sure || b.sure, late: a.late && b.late };
}
