// How many files a folder holds, its folders' files included.

import { readdirSync } from 'node:fs';

export function countFiles(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length;
  } catch {
    return 0;
  }
}
