// Where a notebook stands on the server's disk, as far as the service can reach it.

import type { Contents } from '@jupyterlab/services';
import type { Problem } from '@headwater/protocol';

/** Drives that show the server's own files. */
const OURS = new Set(['', 'RTC']);

/** The path from the server's root, or why there is none. */
export function placeOf(path: string, contents: Contents.IManager): string | Problem {
  const drive = contents.driveName(path);
  if (OURS.has(drive)) return contents.localPath(path);
  return { code: 'other-drive', sentence: `This notebook is on ${drive}, which Headwater cannot reach from the server's disk.`, hint: 'Copy it to the folder the server was started in.' };
}
