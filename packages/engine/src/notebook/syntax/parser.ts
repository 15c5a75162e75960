// Loads tree-sitter with the grammar of Python and turns a cell's text into a tree of plain objects.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';
import { findSyntaxErrors, type SyntaxProblem } from './syntax-errors.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** The two wasm files. A bundle has them beside it and passes them in. */
export interface Wasm {
  readonly core: Uint8Array;
  readonly python: Uint8Array;
}

export interface Parsed {
  readonly root: SyntaxNode;
  readonly problems: readonly SyntaxProblem[];
}

export type Parse = (source: string) => Parsed;

/** Named, but of no meaning to names and values. */
const SKIPPED = new Set(['comment', 'line_continuation', 'escape_sequence', 'escape_interpolation', 'type_conversion', 'string_start', 'string_end', 'import_prefix']);

export async function loadParser(wasm: Wasm = readInstalledWasm()): Promise<Parse> {
  await Parser.init({ wasmBinary: wasm.core });
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm.python));
  return (source) => {
    const tree = parser.parse(source);
    if (tree === null) throw new Error('tree-sitter gave no tree');
    const cursor = tree.walk();
    try {
      const root = convert(cursor, source);
      return { root, problems: findSyntaxErrors(tree.rootNode, root) };
    } finally {
      cursor.delete();
      tree.delete();
    }
  };
}

function readInstalledWasm(): Wasm {
  const { resolve } = createRequire(import.meta.url);
  return {
    core: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    python: readFileSync(resolve('tree-sitter-python/tree-sitter-python.wasm')),
  };
}

function convert(cursor: TreeCursor, source: string): SyntaxNode {
  const { nodeType: type, currentFieldName: field, startIndex: start, endIndex: end } = cursor;
  const children: SyntaxNode[] = [];
  if (cursor.gotoFirstChild()) {
    do {
      if (cursor.nodeIsNamed && !SKIPPED.has(cursor.nodeType)) children.push(convert(cursor, source));
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return { type, field, start, end, text: children.length === 0 ? source.slice(start, end) : '', children };
}
