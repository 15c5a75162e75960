// One cluster for all files of a test run: the first that wants one starts it (cluster.ts), and it ends with the run, however that ends.

import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endLater, SHARED } from './cluster.ts';

export function setup(): () => Promise<void> {
  const run = mkdtempSync(path.join(os.tmpdir(), 'headwater-k8s-'));
  process.env[SHARED] = run;
  return endLater(run);
}
