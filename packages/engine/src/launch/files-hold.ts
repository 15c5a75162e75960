// Whether what an old attempt read and wrote on the disk still is as it was.

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Manifest, Start } from '@headwater/protocol';
import { matchingFiles } from './kept-files.ts';
import { hashFile, isUnchanged } from './stamp.ts';

interface Places {
  /** The notebook's folder and the project. */
  readonly folder: string;
  readonly project: string;
  /** A manifest of this run. */
  readonly readNow: (version: string) => Promise<Manifest | null>;
}

export async function filesHold(start: Start, manifest: Manifest, places: Places): Promise<boolean> {
  return (await taggedHold(start, manifest, places)) && (await readsHold(manifest, places.folder)) && writtenAreThere(manifest, places.folder) && modulesHold(manifest, places.project);
}

/** Of what tags name the content counts, wherever it stands by now; and no other file may match. */
async function taggedHold(start: Start, { kept: { read } }: Manifest, { folder, readNow }: Places): Promise<boolean> {
  const now = await matchingFiles(start, folder, readNow);
  return JSON.stringify([...now].sort()) === JSON.stringify(Object.entries(read).map(([file, { blob }]) => [file, blob]).sort());
}

async function readsHold({ files, kept }: Manifest, folder: string): Promise<boolean> {
  for (const [file, stamp] of Object.entries(files.read)) {
    if (!file.endsWith('/') && !(file in kept.read) && !(await isUnchanged(folder, file, stamp))) return false;
  }
  return true;
}

/** Of what it wrote, later steps may have made something else; it must only still be there, or can be put back. */
function writtenAreThere({ files, kept }: Manifest, folder: string): boolean {
  return Object.entries(files.written).every(([file, stamp]) => stamp === '' || file in kept.written || existsSync(path.resolve(folder, file)));
}

async function modulesHold({ modules }: Manifest, project: string): Promise<boolean> {
  for (const [module, digest] of Object.entries(modules)) {
    if ((await hashFile(`${project}/${module}`).catch(() => null)) !== digest) return false;
  }
  return true;
}
