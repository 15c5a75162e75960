// Where a cell is no Python 3: what the parser could not place, and statements that Python only refuses later.

import type { Node } from 'web-tree-sitter';
import type { SyntaxNode } from './syntax-node.ts';

export interface SyntaxProblem {
  readonly start: number;
  readonly end: number;
  /** One clause: what is wrong there. */
  readonly what: string;
}

export function findSyntaxErrors(node: Node, root: SyntaxNode): readonly SyntaxProblem[] {
  // Only the first: what follows one is mostly its consequence, or more of the same.
  return node.hasError ? [findFirstError(node)] : findMisplaced(root, { function: false, loop: false }).slice(0, 1);
}

function findFirstError(node: Node): SyntaxProblem {
  if (node.isMissing) return { start: node.startIndex, end: node.endIndex, what: `\`${node.type}\` is missing` };
  const inside = node.isError ? undefined : node.children.find((child) => child.hasError || child.isMissing || child.isError);
  return inside === undefined ? { start: node.startIndex, end: node.endIndex, what: 'this is no Python' } : findFirstError(inside);
}

interface Around {
  readonly function: boolean;
  readonly loop: boolean;
}

/** Node types that statements stand in. */
const HOLDS_STATEMENTS = /^(?:module|block|\w+_statement|\w+_definition|\w+_clause)$/;

function findMisplaced(node: SyntaxNode, around: Around): SyntaxProblem[] {
  const what = misplaced(node, around);
  if (what !== null) return [{ start: node.start, end: node.end, what }];
  if (!HOLDS_STATEMENTS.test(node.type) || node.type === 'expression_statement') return [];
  const inside = insideOf(node, around);
  return node.children.flatMap((child) => findMisplaced(child, inside));
}

function insideOf(node: SyntaxNode, around: Around): Around {
  switch (node.type) {
    case 'function_definition':
      return { function: true, loop: false };
    case 'class_definition':
      return { function: false, loop: false };
    case 'for_statement':
    case 'while_statement':
      return { ...around, loop: true };
    default:
      return around;
  }
}

function misplaced(node: SyntaxNode, around: Around): string | null {
  switch (node.type) {
    case 'print_statement':
      return '`print` needs brackets in Python 3';
    case 'exec_statement':
      return '`exec` needs brackets in Python 3';
    case 'return_statement':
      return around.function ? null : '`return` stands outside a function';
    case 'break_statement':
    case 'continue_statement':
      return around.loop ? null : `\`${node.type.replace('_statement', '')}\` stands outside a loop`;
    default:
      return null;
  }
}
