// The plain names among the targets of a `for`.

import type { SyntaxNode } from '../syntax/syntax-node.ts';

export function findTargetNames(node: SyntaxNode | null): string[] {
  if (node === null || node.type === 'attribute' || node.type === 'subscript') return [];
  return node.type === 'identifier' ? [node.text] : node.children.flatMap(findTargetNames);
}
