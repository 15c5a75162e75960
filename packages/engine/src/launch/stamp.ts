// Whether a file is still the one a step saw: the worker's stamps, checked from here (worker/stamps.py).

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Compares by content where the stamp holds a hash, else by size and time; an empty stamp stands for what was no plain file. */
export async function isUnchanged(folder: string, file: string, stamp: string): Promise<boolean> {
  const full = path.resolve(folder, file);
  const facts = await stat(full, { bigint: true }).catch(() => null);
  if (stamp === '') return facts?.isFile() !== true;
  if (facts?.isFile() !== true) return false;
  const [size, time, digest] = stamp.split(':');
  if (size !== String(facts.size)) return false;
  if (time === String(facts.mtimeNs)) return true;
  return digest !== undefined && digest !== '' && digest === (await hashFile(full));
}

export async function hashFile(full: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(full)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
