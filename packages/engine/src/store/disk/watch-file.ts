// Tells when a file grew or was replaced: by the system's notifications where they work, by looking now and then where they do not (NFS).

import { watch } from 'node:fs';
import path from 'node:path';

/** How often to look when notifications cannot be trusted. */
const POLL_MS = 500;

export function watchFile(file: string, changed: () => void, signal: AbortSignal): void {
  const timer = setInterval(changed, POLL_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  try {
    const watcher = watch(path.dirname(file), { signal }, (_, name) => {
      if (name === null || name === path.basename(file)) changed();
    });
    watcher.on('error', () => watcher.close());
  } catch {
    // The folder is not there yet, or the system is out of watches: looking now and then is enough.
  }
}
