// A syntax tree as plain objects: tree-sitter's own nodes live in wasm memory, where every question is a call.

export interface SyntaxNode {
  readonly type: string;
  /** What it is to its parent: `left`, `body`; null where the grammar gives no name. */
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  /** Text of a leaf; empty for the rest. */
  readonly text: string;
  /** Named children without comments. */
  readonly children: readonly SyntaxNode[];
}

export function childOf(node: SyntaxNode, field: string): SyntaxNode | null {
  return node.children.find((child) => child.field === field) ?? null;
}

export function childrenOf(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field);
}

export function firstChild(node: SyntaxNode): SyntaxNode | null {
  return node.children[0] ?? null;
}
