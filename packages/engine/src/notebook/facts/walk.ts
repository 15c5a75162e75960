// The state of one walk through a cell's syntax tree, and the few things every visitor does with it.

import type { SyntaxNode } from '../syntax/syntax-node.ts';
import type { Code } from './code.ts';
import type { BindHow, Event, Place } from './event.ts';
import { findBinder, findFrame, findOwner, makeScope, type Scope } from './scope.ts';
import { joinValues, makeValue, NOTHING, type Value } from './value.ts';

type Visit = (walk: Walk, node: SyntaxNode) => void;

export class Walk {
  readonly source: string;
  /** Offsets of the lines whose bindings do not last, as [start, end). */
  readonly apart: readonly (readonly [number, number])[];
  readonly codes = new Map<SyntaxNode, Code>();
  scope: Scope = makeScope('module', null);
  events: Event[] = [];
  /** How many conditions, loops and handlers stand around. */
  depth = 0;
  /** The rest of the block cannot be reached. */
  ended = false;
  /** Names are read by an annotation. */
  soft = false;
  /** How many functions stand around. */
  functions = 0;
  /** The expression whose value nobody takes. */
  unused: SyntaxNode | null = null;
  /** The expression whose value the cell shows. */
  shown: SyntaxNode | null = null;
  returns: Value[] = [];
  yields = false;
  readonly #visit: Visit;
  readonly #globals = new Map<string, Value>();

  constructor(source: string, apart: Walk['apart'], visit: Visit) {
    this.source = source;
    this.apart = apart;
    this.#visit = visit;
  }

  visit(node: SyntaxNode | null): void {
    if (node !== null) this.#visit(this, node);
  }

  visitAll(nodes: readonly SyntaxNode[]): void {
    for (const node of nodes) this.#visit(this, node);
  }

  emit(event: Event): void {
    this.events.push(event);
  }

  /** Runs it in a scope inside the present one. */
  within(scope: Scope, run: () => void): void {
    const outer = this.scope;
    this.scope = scope;
    run();
    this.scope = outer;
  }

  read(name: string, dotted: string, place: Place): void {
    if (findOwner(this.scope, name) !== null) return;
    const covered = findFrame(this.scope).sure.has(name);
    this.emit({ do: 'read', name, dotted, covered, soft: this.soft, start: place.start, end: place.end });
  }

  bind(name: string, how: BindHow, value: Value, place: Place): void {
    const scope = findBinder(this.scope);
    if (scope.kind === 'module' || scope.globals.has(name)) {
      this.emit({ do: 'bind', name, sure: this.depth === 0, how, value, start: place.start, end: place.end });
      findFrame(scope).sure.add(name);
      return;
    }
    scope.sure.add(name);
    this.setLocal(scope, name, value);
  }

  setLocal(scope: Scope, name: string, value: Value): void {
    const owner = scope.nonlocals.has(name) ? findOwner(scope, name) ?? scope : scope;
    const before = owner.values.get(name);
    owner.values.set(name, before === undefined || (this.depth === 0 && owner === scope) ? value : joinValues([before, value]));
  }

  /** What a name may be: itself where it is global, else what was bound to it here. */
  valueOfName(name: string): Value {
    const owner = findOwner(this.scope, name);
    return owner === null ? this.#globalValue(name) : owner.values.get(name) ?? NOTHING;
  }

  #globalValue(name: string): Value {
    const known = this.#globals.get(name);
    if (known !== undefined) return known;
    const value = makeValue({ same: [name], text: [{ ref: name }], dotted: name });
    this.#globals.set(name, value);
    return value;
  }

  delete(name: string, place: Place): void {
    const scope = findBinder(this.scope);
    if (findOwner(this.scope, name) !== null) return;
    if (scope.kind === 'class' && scope.bound.has(name) && !scope.globals.has(name)) return;
    const frame = findFrame(scope);
    this.emit({ do: 'delete', name, sure: this.depth === 0, covered: frame.sure.has(name), start: place.start, end: place.end });
    frame.sure.add(name);
  }

  change(value: Value, dotted: string | null, place: Place): void {
    if (value.same.length + value.part.length === 0 && dotted === null) return;
    this.emit({ do: 'change', value, dotted, sure: this.depth === 0, start: place.start, end: place.end });
  }
}
