// Where the value of a name comes from: the last unit above that surely binds it, and those after that which may.

import { isHistory } from '../knowledge/builtin-names.ts';
import { isForAll } from '../knowledge/state.ts';
import type { ObservedUnit } from './observed-unit.ts';

export class Providers {
  readonly #units: readonly ObservedUnit[];
  /** Units that bind a name, in order. */
  readonly #binders = new Map<string, number[]>();
  readonly #stars: number[] = [];
  /** Answers given before, by reader and name. */
  readonly #above: readonly Map<string, readonly number[]>[];

  constructor(units: readonly ObservedUnit[]) {
    this.#units = units;
    this.#above = units.map(() => new Map());
    for (const { at, findings, closes } of units) {
      // What is bound after the end is nobody else's.
      if (closes !== null) continue;
      for (const name of findings.binds.keys()) this.#push(name, at);
      if (findings.stars.length > 0) this.#stars.push(at);
    }
  }

  #push(name: string, at: number): void {
    const list = this.#binders.get(name);
    if (list === undefined) this.#binders.set(name, [at]);
    else list.push(at);
  }

  /** Units above that may have given the name the value it has there, last first. */
  above(name: string, reader: number): readonly number[] {
    const known = this.#above[reader]?.get(name);
    if (known !== undefined) return known;
    const found: number[] = [];
    for (const at of this.#candidates(name, reader)) {
      found.push(at);
      if (this.#settles(name, at)) break;
    }
    this.#above[reader]?.set(name, found);
    return found;
  }

  /** As a step inside the foreach at `opener` would see it that stands where `reader` stands: what a join collects. */
  inBranch(name: string, { reader, opener }: { reader: number; opener: number }): readonly number[] {
    const chain = this.#units[opener]?.chain ?? [];
    const last = (this.#binders.get(name) ?? []).filter((at) => at < reader && isVisible(this.#units[at]?.chain ?? [], chain)).at(-1);
    return last === undefined ? [] : [last];
  }

  /** Units above that bind it in branches of a foreach that is closed by then. */
  hidden(name: string, reader: number): readonly number[] {
    return (this.#binders.get(name) ?? []).filter((at) => at < reader && !this.#sees(reader, at));
  }

  #sees(reader: number, at: number): boolean {
    return isVisible(this.#units[at]?.chain ?? [], this.#units[reader]?.chain ?? []);
  }

  /** Units above that look at all names and so may have bound one that nobody is seen to bind. */
  unseen(name: string, reader: number): readonly number[] {
    const isSeen = this.above(name, reader).some((at) => this.#units[at]?.findings.binds.has(name) === true);
    return isSeen ? [] : this.#units.filter((unit) => unit.at < reader && unit.closes === null && unit.findings.openness === 'opaque' && this.#sees(reader, unit.at)).map((unit) => unit.at);
  }

  /** Units that bind it anywhere, above or below. */
  anywhere(name: string): readonly number[] {
    return this.#binders.get(name) ?? [];
  }

  /** Names that units set for all below them, whatever they read: the working directory. */
  stateForAll(): string[] {
    return [...this.#binders.keys()].filter((name) => name.startsWith('%') && isForAll(name));
  }

  #candidates(name: string, reader: number): number[] {
    const binders = (this.#binders.get(name) ?? []).filter((at) => at < reader && this.#sees(reader, at)).reverse();
    if (binders.length === 0 && isHistory(name)) return this.#shown(name, reader);
    const stars = /^%|^file:/.test(name) ? [] : this.#stars.filter((at) => at < reader && this.#sees(reader, at));
    return stars.length === 0 ? binders : [...new Set([...binders, ...stars])].sort((a, b) => b - a);
  }

  /** Nothing above it matters: it binds the name surely, or builds on what came before. */
  #settles(name: string, at: number): boolean {
    const findings = this.#units[at]?.findings;
    const bind = findings?.binds.get(name);
    if (findings === undefined || bind === undefined) return false;
    return bind.sure || bind.kind === 'change' || findings.reads.has(name);
  }

  /** `_` and `Out` hold what cells have shown. */
  #shown(name: string, reader: number): number[] {
    const showing = this.#units.slice(0, reader).filter((unit) => unit.cells.some((cell) => cell.facts?.shows === true)).map((unit) => unit.at);
    return (/^_{1,3}$/.test(name) ? showing.slice(-1) : showing).reverse();
  }
}

/** What a branch binds is seen in it, and in branches inside it. */
function isVisible(maker: readonly number[], reader: readonly number[]): boolean {
  return maker.every((opener, depth) => reader[depth] === opener);
}
