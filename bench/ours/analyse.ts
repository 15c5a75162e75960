// Runs in a process of its own, bundled beside the parser's wasm files: prints ms of an analysis, cold and after an edit, or of the parser alone.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Language, Parser } from 'web-tree-sitter';
import { createAnalyser } from '../../packages/engine/src/notebook/analyse.ts';
import { LONG_CELLS, makeCell, makeLongNotebook } from './long-notebook.ts';

const EDITS = 40;
const NOTEBOOK = 'bench.ipynb';

const wasm = (name: string) => readFileSync(path.join(import.meta.dirname, name));

async function analyse(): Promise<Record<string, number>> {
  const text = makeLongNotebook(null);
  const began = performance.now();
  const analyser = await createAnalyser({ core: wasm('web-tree-sitter.wasm'), python: wasm('tree-sitter-python.wasm') });
  analyser.analyse(text, { path: NOTEBOOK });
  const cold = performance.now() - began;
  const edits = Array.from({ length: EDITS }, (_, at) => {
    // 37 and 299 have no common factor: every edit is in another cell.
    const edited = makeLongNotebook(1 + ((at * 37) % (LONG_CELLS - 1)));
    const from = performance.now();
    analyser.analyse(edited, { path: NOTEBOOK });
    return performance.now() - from;
  });
  const sorted = edits.toSorted((a, b) => a - b);
  return { cold, 'after an edit': sorted[EDITS >> 1] ?? NaN, 'after the first edit': edits[0] ?? NaN };
}

async function parse(): Promise<Record<string, number>> {
  const cells = Array.from({ length: LONG_CELLS }, (_, at) => makeCell(at));
  const began = performance.now();
  await Parser.init({ wasmBinary: wasm('web-tree-sitter.wasm') });
  const parser = new Parser().setLanguage(await Language.load(wasm('tree-sitter-python.wasm')));
  const loaded = performance.now();
  for (const cell of cells) parser.parse(cell)?.delete();
  return { 'load': loaded - began, 'parse': performance.now() - loaded };
}

console.log(JSON.stringify(await (process.argv[2] === 'parse' ? parse() : analyse())));
