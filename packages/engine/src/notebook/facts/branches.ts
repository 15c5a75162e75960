// Ways that part and meet again: what is surely bound after them is what every way that arrives has bound.

import type { Scope } from './scope.ts';
import type { Walk } from './walk.ts';

type Sure = readonly Set<string>[];

/** Walks the arms as alternatives; one of them is taken if `exhaustive`. */
export function walkBranches(walk: Walk, arms: readonly (() => void)[], exhaustive: boolean): void {
  const before = takeSure(walk);
  const ends = arms.map((arm) => walkArm(walk, before, arm)).filter((end) => end !== null);
  mergeSure(walk, before, exhaustive ? ends : [...ends, before]);
  walk.ended = exhaustive && ends.length === 0;
}

/** Walks what may not happen, or only in part. */
export function walkMaybe(walk: Walk, run: () => void): void {
  walkBranches(walk, [run], false);
}

/** What is sure where the arm ends, or null where it leaves the block. */
export function walkArm(walk: Walk, before: Sure, arm: () => void): Sure | null {
  setSure(walk, before);
  walk.depth += 1;
  walk.ended = false;
  arm();
  const end = leftBlock(walk) ? null : takeSure(walk);
  walk.depth -= 1;
  walk.ended = false;
  return end;
}

function leftBlock(walk: Walk): boolean {
  return walk.ended;
}

export function mergeSure(walk: Walk, before: Sure, ends: readonly Sure[]): void {
  const [first, ...rest] = ends;
  const after = first === undefined ? before : first.map((names, at) => intersect(names, rest.map((end) => end[at] ?? new Set())));
  setSure(walk, after);
  if (walk.depth > 0) return;
  const module = after.at(-1) ?? new Set();
  for (const name of module) if (before.at(-1)?.has(name) !== true) walk.emit({ do: 'settle', name });
}

/** Copies, from the innermost scope out to the module or function around. */
export function takeSure(walk: Walk): Sure {
  return scopesAround(walk).map((scope) => new Set(scope.sure));
}

function setSure(walk: Walk, sure: Sure): void {
  for (const [at, scope] of scopesAround(walk).entries()) scope.sure = new Set(sure[at]);
}

function scopesAround(walk: Walk): Scope[] {
  const scopes: Scope[] = [];
  for (let scope: Scope | null = walk.scope; scope !== null; scope = scope.parent) {
    scopes.push(scope);
    if (scope.kind === 'module' || scope.kind === 'function') break;
  }
  return scopes;
}

function intersect(names: ReadonlySet<string>, others: readonly ReadonlySet<string>[]): Set<string> {
  return new Set([...names].filter((name) => others.every((other) => other.has(name))));
}
