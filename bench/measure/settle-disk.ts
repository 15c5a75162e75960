// Waits until nothing written earlier is still on its way to the disk: the next write would share the disk with it.

import { spawnSync } from 'node:child_process';

/** Where there is no `sync` that takes a place, the numbers are only noisier. */
export function settleDisk(folder: string): void {
  spawnSync('sync', ['-f', folder], { stdio: 'ignore' });
}
