// Where a name lives: Python's scoping rules, decided while walking.

import type { Value } from './value.ts';

export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly parent: Scope | null;
  /** Names bound anywhere in it; unknown and not needed for the module. */
  readonly bound: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** Bound by now on every way that leads here. Global names in a module or function, own names in a class. */
  sure: Set<string>;
  /** What its local names may be. */
  readonly values: Map<string, Value>;
}

const NONE: ReadonlySet<string> = new Set();

export function makeScope(kind: Scope['kind'], parent: Scope | null, names: Partial<Pick<Scope, 'bound' | 'globals' | 'nonlocals'>> = {}): Scope {
  return { kind, parent, bound: NONE, globals: NONE, nonlocals: NONE, sure: new Set(), values: new Map(), ...names };
}

/** The scope that owns the name seen from here, or null for a global one. */
export function findOwner(from: Scope, name: string): Scope | null {
  if (from.kind === 'class') return findFromClass(from, name);
  for (let scope: Scope | null = from; scope !== null; scope = scope.parent) {
    if (scope.kind === 'module' || scope.globals.has(name)) return null;
    // The functions of a class do not see its names.
    if (scope.kind !== 'class' && scope.bound.has(name) && !scope.nonlocals.has(name)) return scope;
  }
  return null;
}

/** A class body looks at what it has bound so far, and for a name it binds later straight at the globals. */
function findFromClass(scope: Scope, name: string): Scope | null {
  if (scope.sure.has(name) && !scope.globals.has(name)) return scope;
  return scope.bound.has(name) || scope.globals.has(name) || scope.parent === null ? null : findOwner(scope.parent, name);
}

/** The module or function whose flow of control decides what is surely bound. */
export function findFrame(from: Scope): Scope {
  let scope = from;
  while (scope.parent !== null && scope.kind !== 'module' && scope.kind !== 'function') scope = scope.parent;
  return scope;
}

/** The scope that a binding in this place binds in: comprehensions only own their `for` targets. */
export function findBinder(from: Scope): Scope {
  let scope = from;
  while (scope.parent !== null && scope.kind === 'comprehension') scope = scope.parent;
  return scope;
}
