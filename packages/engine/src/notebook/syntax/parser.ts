// Loads tree-sitter with the grammar of Python and turns a cell's text into a tree of plain objects.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import { makeConverter } from './convert-tree.ts';
import { findSyntaxErrors, type SyntaxProblem } from './syntax-errors.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** The two wasm files. A bundle has them beside it and passes them in. */
export interface Wasm {
  readonly core: Uint8Array;
  readonly python: Uint8Array;
}

interface Parsed {
  readonly root: SyntaxNode;
  readonly problems: readonly SyntaxProblem[];
}

export type Parse = (source: string) => Parsed;

export async function loadParser(wasm: Wasm = readInstalledWasm()): Promise<Parse> {
  await Parser.init({ wasmBinary: wasm.core });
  const language = await Language.load(wasm.python);
  const parser = new Parser();
  parser.setLanguage(language);
  const convert = makeConverter(language);
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
