// Takes a folder away. A run process sums up after the command has ended: it may still be putting a file there.

import { rmSync } from 'node:fs';

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
