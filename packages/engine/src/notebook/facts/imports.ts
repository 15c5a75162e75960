// Imports: what they bind, and which module or member it is.

import { childOf, childrenOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { makeValue } from './value.ts';
import type { Walk } from './walk.ts';

/** The value of an import knows its absolute name after `=`. */
const imported = (dotted: string) => makeValue({ dotted: `=${dotted}` });

export function visitImport(walk: Walk, node: SyntaxNode): void {
  for (const each of childrenOf(node, 'name')) {
    if (each.type === 'aliased_import') {
      bindAlias(walk, each, '');
      continue;
    }
    const [first] = each.children;
    // `import a.b` binds `a`, whatever the rest.
    if (first !== undefined) walk.bind(first.text, 'import', imported(first.text), each);
  }
}

export function visitImportFrom(walk: Walk, node: SyntaxNode): void {
  const module = childOf(node, 'module_name');
  const from = module === null ? '' : walk.source.slice(module.start, module.end).replace(/\s/g, '');
  for (const each of childrenOf(node, 'name')) bindMember(walk, each, from);
  const star = node.children.find((child) => child.type === 'wildcard_import');
  if (star !== undefined) walk.emit({ do: 'star', module: from, start: node.start, end: node.end });
}

export function visitFutureImport(walk: Walk, node: SyntaxNode): void {
  for (const each of childrenOf(node, 'name')) {
    bindMember(walk, each, '__future__');
    if (/^annotations\b/.test(walk.source.slice(each.start, each.end))) walk.emit({ do: 'future' });
  }
}

function bindMember(walk: Walk, node: SyntaxNode, from: string): void {
  if (node.type === 'aliased_import') {
    bindAlias(walk, node, `${from}.`);
    return;
  }
  const [first] = node.children;
  if (first !== undefined) walk.bind(first.text, 'import', imported(`${from}.${first.text}`), node);
}

function bindAlias(walk: Walk, node: SyntaxNode, prefix: string): void {
  const name = childOf(node, 'name');
  const alias = childOf(node, 'alias');
  if (name !== null && alias !== null) walk.bind(alias.text, 'import', imported(`${prefix}${walk.source.slice(name.start, name.end)}`), alias);
}
