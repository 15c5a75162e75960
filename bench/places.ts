// Where things stand.

import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '..');
export const BENCH = path.join(ROOT, 'bench');
/** Environments of peers, made once; and the folders rows work in, made anew for every call. */
export const CACHE = path.join(ROOT, '.cache/bench');
export const RESULTS = path.join(BENCH, 'results');

const BIN = process.platform === 'win32' ? 'Scripts' : 'bin';

/** A program of a Python environment. */
export function programOf(environment: string, name: string): string {
  return path.join(environment, BIN, process.platform === 'win32' ? `${name}.exe` : name);
}

/** The environment that runs our cells: the project's own. */
export const OUR_ENVIRONMENT = path.join(ROOT, '.venv');
