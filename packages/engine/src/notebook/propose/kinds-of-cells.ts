// What a cell looks like to somebody who reads it.

import type { CellFacts } from '../facts/find-facts.ts';
import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';

const SCALARS = new Set(['integer', 'float', 'string', 'true', 'false', 'none', 'unary_operator']);

/** Nothing but numbers, strings and truth values for names. */
export function isParameterCell(root: SyntaxNode): boolean {
  return root.children.length > 0 && root.children.every((statement) => {
    const [child] = statement.children;
    if (statement.type !== 'expression_statement' || child?.type !== 'assignment') return false;
    const right = childOf(child, 'right');
    return childOf(child, 'left')?.type === 'identifier' && right !== null && isScalar(right);
  });
}

function isScalar(node: SyntaxNode): boolean {
  return SCALARS.has(node.type) && node.children.every((child) => child.type === 'string_content' || isScalar(child));
}

/** Imports, and around them settings and a printed version. */
export function isMostlyImports(root: SyntaxNode): boolean {
  const statements = root.children;
  const imports = statements.filter((statement) => /^(?:import|import_from|future_import)_statement$/.test(statement.type)).length;
  return imports > 0 && imports * 2 >= statements.length && statements.every((statement) => !/^(?:for|while|with)_statement$/.test(statement.type));
}

/** A look at a value: one expression that binds, changes and writes nothing. */
export function isGlance({ events, shows }: CellFacts, root: SyntaxNode): boolean {
  if (root.children.length !== 1 || !shows) return false;
  const looks = /^(?:head|tail|info|describe|sample|shape|dtypes|columns|isnull|isna|sum|value_counts|nunique|unique|sort_values|corr|groupby|mean|T|index|keys|items|summary|format|print|display|len|type|help|list|dict|str|round)$/;
  return events.every((event) => event.do === 'read' || event.do === 'run' || (event.do === 'call' && looks.test(event.method ?? event.callee ?? '')));
}
