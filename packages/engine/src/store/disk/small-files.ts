// Small files are read and written at once: to hand one to a thread and wait for it takes five times as long as the file itself, and a run
// that goes on from another one, or a list of runs, asks for hundreds.

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Manifests, records and summaries are smaller; values mostly larger. */
const SMALL_BYTES = 64 << 10;

export const isSmall = (bytes: number) => bytes <= SMALL_BYTES;

export async function readWhole(file: string): Promise<Uint8Array> {
  const fd = openSync(file, 'r');
  try {
    if (isSmall(fstatSync(fd).size)) return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
  return readFile(file);
}
