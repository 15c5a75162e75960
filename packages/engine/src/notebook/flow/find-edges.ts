// Edges of a flow: what travels from which unit to which, and why.

import type { Edge, EdgeReason } from '@headwater/protocol';
import { FILE } from '../names/on-file.ts';
import { findOpeners } from './control.ts';
import { findTaggedFiles } from './tagged-files.ts';
import { findShellFiles } from './shell-files.ts';
import type { Providers } from './find-providers.ts';
import type { ObservedUnit } from './observed-unit.ts';

export function findEdges(units: readonly ObservedUnit[], providers: Providers): Edge[] {
  const forAll = providers.stateForAll();
  const hasShell = units.some((unit) => unit.findings.shell.length > 0);
  return units.flatMap((unit) => {
    const found = new EdgesInto(units, unit);
    for (const [name, { soft }] of unit.findings.reads) addReads(found, { name, soft, reader: unit.at }, providers);
    for (const name of forAll) for (const from of providers.above(name, unit.at)) found.add(from, 'state', name);
    if (hasShell) for (const { from, file } of findShellFiles(units, unit)) found.add(from, 'file', file);
    for (const { from, file } of findTaggedFiles(units, unit)) found.add(from, 'file', file);
    for (const prev of prevsOf(units, unit)) found.add(prev, 'prev', null);
    if (unit.control.foreach !== null) for (const from of providers.above(unit.control.foreach.list, unit.at)) found.add(from, 'list', unit.control.foreach.list);
    return found.list();
  });
}

/** Into a join: from what binds the names it collects, and from the steps of the branches that nothing else follows. */
export function findJoinEdges(units: readonly ObservedUnit[], providers: Providers, edges: readonly Edge[]): Edge[] {
  const openers = findOpeners(units.map(({ control }) => control));
  return [...openers].flatMap(([reader, opener]) => {
    const join = units[reader];
    if (join === undefined) return [];
    const found = new EdgesInto(units, join);
    const inside = units.filter(({ chain, kind }) => chain.includes(opener) && kind === 'step');
    const names = new Set(inside.map(({ name }) => name));
    for (const { at, name } of inside) if (!edges.some(({ from, to }) => from === name && names.has(to))) found.add(at, 'join', null);
    for (const [, one] of join.control.join?.all ?? []) for (const from of providers.inBranch(one, { reader, opener })) if (from >= opener) found.add(from, 'join', one);
    return found.list();
  });
}

/** Into what runs when the run has ended: from the steps that nothing else follows. */
export function findClosingEdges(units: readonly ObservedUnit[], edges: readonly Edge[]): Edge[] {
  const closing = units.filter(({ closes }) => closes !== null);
  const names = new Set(closing.map(({ name }) => name));
  const last = units.filter(({ name, kind, closes }) => kind === 'step' && closes === null && !edges.some(({ from, to }) => from === name && !names.has(to)));
  return closing.flatMap(({ name: to }) => last.filter(({ name: from }) => !edges.some((edge) => edge.from === from && edge.to === to)).map(({ name: from }): Edge => ({ from, to, names: [], why: 'prev' })));
}

interface NameRead {
  readonly name: string;
  readonly soft: boolean;
  readonly reader: number;
}

function addReads(found: EdgesInto, { name, soft, reader }: NameRead, providers: Providers): void {
  const providing = [...providers.above(name, reader), ...(soft ? [] : providers.unseen(name, reader))];
  for (const from of providing) found.add(from, reasonOf(name), name.startsWith(FILE) ? name.slice(FILE.length) : name);
}

function reasonOf(name: string): EdgeReason {
  if (name.startsWith('%')) return 'state';
  return name.startsWith(FILE) ? 'file' : 'data';
}

/** Steps above that `prev:` tags name. */
function prevsOf(units: readonly ObservedUnit[], unit: ObservedUnit): number[] {
  const names = unit.cells.flatMap((cell) => cell.tags).flatMap((tag) => (tag.key === 'prev' ? [tag.name] : []));
  return names.flatMap((name) => units.filter((each) => each.name === name && each.at < unit.at).map((each) => each.at));
}

class EdgesInto {
  readonly #units: readonly ObservedUnit[];
  readonly #to: ObservedUnit;
  readonly #names = new Map<string, Set<string>>();

  constructor(units: readonly ObservedUnit[], to: ObservedUnit) {
    this.#units = units;
    this.#to = to;
  }

  add(from: number, why: EdgeReason, name: string | null): void {
    const key = `${String(from).padStart(6, '0')} ${why}`;
    const names = this.#names.get(key) ?? new Set();
    if (name !== null) names.add(name);
    this.#names.set(key, names);
  }

  /** By provider, then by reason. */
  list(): Edge[] {
    return [...this.#names.keys()].sort().map((key) => {
      const [from, why] = key.split(' ');
      return { from: this.#units[Number(from)]?.name ?? '', to: this.#to.name, names: [...(this.#names.get(key) ?? [])].sort(), why: why as EdgeReason };
    });
  }
}
