// Which visitor is for which node. What is not listed only has children.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { visitCall } from './calls.ts';
import { visitClass, visitDecorated } from './classes.ts';
import { collectBindings } from './collect-bindings.ts';
import { visitFor, visitIf, visitTry, visitWhile, visitWith } from './compound-statements.ts';
import { visitComprehension } from './comprehensions.ts';
import { visitAssert, visitAttribute, visitBoolean, visitComparison, visitConditional, visitIdentifier, visitKeyword, visitMemberType, visitNamed, visitString, visitYield } from './expressions.ts';
import { runLambda, visitFunction } from './functions.ts';
import { visitFutureImport, visitImport, visitImportFrom } from './imports.ts';
import { visitMatch } from './match.ts';
import { makeScope } from './scope.ts';
import { visitTypeAlias } from './soft.ts';
import { leave, visitAssignment, visitAugmented, visitDelete, visitExpressionStatement, visitRaise, visitReturn } from './statements.ts';
import type { Walk } from './walk.ts';

type Visitor = (walk: Walk, node: SyntaxNode) => void;

const skip: Visitor = () => undefined;

const VISITORS: Readonly<Record<string, Visitor>> = {
  identifier: visitIdentifier,
  attribute: visitAttribute,
  call: visitCall,
  string: visitString,
  keyword_argument: visitKeyword,
  keyword_pattern: skip,
  lambda: runLambda,
  named_expression: visitNamed,
  boolean_operator: visitBoolean,
  comparison_operator: visitComparison,
  conditional_expression: visitConditional,
  list_comprehension: visitComprehension,
  set_comprehension: visitComprehension,
  dictionary_comprehension: visitComprehension,
  generator_expression: visitComprehension,
  yield: visitYield,
  member_type: visitMemberType,
  expression_statement: visitExpressionStatement,
  assignment: visitAssignment,
  augmented_assignment: visitAugmented,
  delete_statement: visitDelete,
  return_statement: visitReturn,
  raise_statement: visitRaise,
  break_statement: leave,
  continue_statement: leave,
  assert_statement: visitAssert,
  global_statement: skip,
  nonlocal_statement: skip,
  import_statement: visitImport,
  import_from_statement: visitImportFrom,
  future_import_statement: visitFutureImport,
  type_alias_statement: visitTypeAlias,
  if_statement: visitIf,
  for_statement: visitFor,
  while_statement: visitWhile,
  with_statement: visitWith,
  try_statement: visitTry,
  match_statement: visitMatch,
  function_definition: visitFunction,
  class_definition: visitClass,
  decorated_definition: (walk, node) => visitDecorated(walk, node, (definition, decorators) => {
    if (definition.type === 'class_definition') visitClass(walk, definition, decorators);
    else visitFunction(walk, definition, decorators);
  }),
  module: visitModule,
};

export function visitNode(walk: Walk, node: SyntaxNode): void {
  const visitor = VISITORS[node.type];
  if (visitor === undefined) walk.visitAll(node.children);
  else visitor(walk, node);
}

/** What `%timeit` runs, it runs in a function of its own: its names do not last. */
function visitModule(walk: Walk, node: SyntaxNode): void {
  const last = node.children.at(-1);
  if (isExpression(last)) walk.shown = last?.children[0] ?? null;
  const isApart = (statement: SyntaxNode) => walk.apart.some(([start, end]) => statement.start >= start && statement.start < end);
  if (walk.apart.length > 0 && node.children.every(isApart)) {
    visitApart(walk, node.children);
    return;
  }
  for (const statement of node.children) {
    if (isApart(statement)) visitApart(walk, [statement]);
    else walk.visit(statement);
  }
}

function visitApart(walk: Walk, statements: readonly SyntaxNode[]): void {
  const { bound } = collectBindings(statements);
  walk.within(makeScope('function', walk.scope, { bound }), () => walk.visitAll(statements));
}

/** Whether a node is only a value to look at: the cell shows it. */
export function isExpression(statement: SyntaxNode | undefined): boolean {
  const [child] = statement?.children ?? [];
  return statement?.type === 'expression_statement' && child !== undefined && !['assignment', 'augmented_assignment'].includes(child.type) && childOf(statement, 'left') === null;
}
