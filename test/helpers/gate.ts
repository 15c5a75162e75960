// A gate that cells wait at until a test opens it: what the test does meanwhile takes as long as it takes.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export interface Gate {
  /** By this name it is to be known wherever cells wait: a step that has asked for a file is taken over where the file is the same. */
  readonly folder: string;
  /** Lines of Python. */
  readonly wait: string;
  readonly open: () => void;
}

export function makeGate(): Gate {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-gate-'));
  // Pods look as nobody.
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    wait: `import os, time\nwhile not os.path.exists("${folder}/open"):\n    time.sleep(0.05)`,
    open: () => writeFileSync(path.join(folder, 'open'), ''),
  };
}
