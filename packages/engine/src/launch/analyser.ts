// The one analyser of a process: the parser is loaded once, and a cell it has seen is not looked at again.

import path from 'node:path';
import { createAnalyser, type Analyser } from '../notebook/analyse.ts';
import { findRepository } from '../store/open-store.ts';
import { readWasm } from './resources.ts';

let loading: Promise<Analyser> | null = null;

export function openAnalyser(): Promise<Analyser> {
  loading ??= createAnalyser({ core: readWasm('web-tree-sitter.wasm'), python: readWasm('tree-sitter-python.wasm') });
  return loading;
}

/** The folder a notebook's paths are meant from: the repository's root, or its own folder. */
export function projectOf(file: string): string {
  return findRepository(path.dirname(file)) ?? path.dirname(file);
}

/** The notebook's path as flows name it, with forward slashes. */
export function placeOf(file: string): string {
  return path.relative(projectOf(file), file).split(path.sep).join('/');
}
