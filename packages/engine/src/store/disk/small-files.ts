// Small files are read and written at once: to hand one to a thread and wait for it takes five times as long as the file itself, and a run
// that goes on from another one, or a list of runs, asks for hundreds.

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';

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

/** At most `length` bytes from `offset` on; of a log that grows this is little at a time. */
export async function readPart(file: string, offset: number, length: number): Promise<Uint8Array> {
  const fd = openSync(file, 'r');
  try {
    const wanted = Math.max(0, Math.min(fstatSync(fd).size - offset, length));
    if (isSmall(wanted)) {
      const bytes = Buffer.alloc(wanted);
      return bytes.subarray(0, readSync(fd, bytes, 0, wanted, offset));
    }
  } finally {
    closeSync(fd);
  }
  return readLarge(file, offset, length);
}

async function readLarge(file: string, offset: number, length: number): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size - offset, length));
    return bytes.subarray(0, (await handle.read(bytes, 0, bytes.length, offset)).bytesRead);
  } finally {
    await handle.close();
  }
}
