// Where the files stand that travel with the engine: the Python package and the parser's two wasm files.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** In a packed engine everything stands beside the bundle; in a checkout it stands where it is written. */
function findFolder(packed: string, checkout: string): string {
  const beside = path.join(import.meta.dirname, packed);
  return existsSync(beside) ? beside : path.resolve(import.meta.dirname, checkout);
}

/** Folder that holds the Python package `headwater`. */
export function bridgeFolder(): string {
  return findFolder('python', '../../../../kernel-bridge/python');
}

/** The bytes of a wasm file of the parser. */
export function readWasm(name: 'web-tree-sitter.wasm' | 'tree-sitter-python.wasm'): Uint8Array {
  const beside = path.join(import.meta.dirname, name);
  if (existsSync(beside)) return readFileSync(beside);
  const require = createRequire(import.meta.url);
  return readFileSync(require.resolve(name === 'web-tree-sitter.wasm' ? 'web-tree-sitter/web-tree-sitter.wasm' : 'tree-sitter-python/tree-sitter-python.wasm'));
}
