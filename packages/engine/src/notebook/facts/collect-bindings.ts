// Which names a function or class body binds anywhere: they are its own, unless it says `global` or `nonlocal`.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';

export interface Bindings {
  readonly bound: Set<string>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
}

export function collectBindings(nodes: readonly SyntaxNode[]): Bindings {
  const found: Bindings = { bound: new Set(), globals: new Set(), nonlocals: new Set() };
  for (const node of nodes) collect(found, node);
  for (const name of [...found.globals, ...found.nonlocals]) found.bound.delete(name);
  return found;
}

type Collect = (found: Bindings, node: SyntaxNode) => void;

function collect(found: Bindings, node: SyntaxNode): void {
  const special = SPECIAL[node.type];
  if (special !== undefined) special(found, node);
  else for (const child of node.children) collect(found, child);
}

const left: Collect = (found, node) => {
  collectTarget(found, childOf(node, 'left'));
  for (const child of node.children) if (child.field !== 'left') collect(found, child);
};

/** Its own scope starts inside: only the name belongs here, and what is evaluated outside of it. */
const named: Collect = (found, node) => {
  addName(found, childOf(node, 'name'));
  for (const child of node.children) if (child.field !== 'body' && child.field !== 'name') collect(found, child);
};

const SPECIAL: Readonly<Record<string, Collect>> = {
  assignment: left,
  augmented_assignment: left,
  for_statement: left,
  named_expression: (found, node) => {
    addName(found, childOf(node, 'name'));
    collectField(found, node, 'value');
  },
  function_definition: named,
  class_definition: named,
  lambda: () => undefined,
  type_alias_statement: (found, node) => addName(found, firstIdentifier(childOf(node, 'left'))),
  global_statement: (found, node) => node.children.forEach((child) => found.globals.add(child.text)),
  nonlocal_statement: (found, node) => node.children.forEach((child) => found.nonlocals.add(child.text)),
  delete_statement: (found, node) => node.children.forEach((child) => collectTarget(found, child)),
  as_pattern_target: (found, node) => node.children.forEach((child) => collectTarget(found, child)),
  import_statement: (found, node) => node.children.forEach((child) => collectImported(found, child)),
  import_from_statement: (found, node) => node.children.filter((child) => child.field === 'name').forEach((child) => collectImported(found, child)),
  case_pattern: (found, node) => collectPattern(found, node),
  // Targets of `for` inside belong to the comprehension, a walrus does not.
  for_in_clause: (found, node) => collectField(found, node, 'right'),
};

function collectField(found: Bindings, node: SyntaxNode, field: string): void {
  const child = childOf(node, field);
  if (child !== null) collect(found, child);
}

function collectTarget(found: Bindings, node: SyntaxNode | null): void {
  if (node === null) return;
  if (node.type === 'identifier') addName(found, node);
  else if (node.type === 'attribute' || node.type === 'subscript') collect(found, node);
  else for (const child of node.children) collectTarget(found, child);
}

function collectImported(found: Bindings, node: SyntaxNode): void {
  if (node.type === 'aliased_import') addName(found, childOf(node, 'alias'));
  else addName(found, firstIdentifier(node));
}

/** Single names in a pattern capture; dotted ones are looked up. */
function collectPattern(found: Bindings, node: SyntaxNode): void {
  for (const capture of findCaptures(node)) addName(found, capture);
}

export function findCaptures(node: SyntaxNode): SyntaxNode[] {
  switch (node.type) {
    case 'identifier':
      return [node];
    case 'dotted_name':
      return node.children.length === 1 ? [...node.children] : [];
    case 'class_pattern':
    case 'keyword_pattern':
      return node.children.slice(1).flatMap(findCaptures);
    default:
      return node.children.flatMap(findCaptures).filter((name) => name.text !== '_');
  }
}

function addName(found: Bindings, node: SyntaxNode | null): void {
  if (node !== null) found.bound.add(node.text);
}

export function firstIdentifier(node: SyntaxNode | null): SyntaxNode | null {
  if (node === null || node.type === 'identifier') return node;
  return firstIdentifier(node.children[0] ?? null);
}
