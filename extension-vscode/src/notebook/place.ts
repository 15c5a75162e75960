// Where a notebook stands on the disk that the service sees. Pure.

import type { Problem } from '@headwater/protocol';

interface Where {
  readonly scheme: string;
  readonly fsPath: string;
}

/** Its path, or why there is none. */
export function placeOf({ scheme, fsPath }: Where): string | Problem {
  if (scheme === 'file') return fsPath;
  if (scheme === 'untitled') return { code: 'never-saved', sentence: 'Save the notebook first: a run keeps its file name.', hint: null };
  return { code: 'other-drive', sentence: `This notebook is on ${scheme}, which Headwater cannot reach from the server's disk.`, hint: 'Open it from a folder on that machine.' };
}
