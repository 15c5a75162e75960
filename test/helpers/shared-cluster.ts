// One cluster for all files of a test run: the first that wants one starts it (cluster.ts), and it ends with the run, however that ends.

import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endCluster, SHARED } from './cluster.ts';

export function setup(): () => void {
  const run = mkdtempSync(path.join(os.tmpdir(), 'headwater-k8s-'));
  process.env[SHARED] = run;
  const end = () => {
    process.off('exit', end);
    endCluster(run);
  };
  process.once('exit', end);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  return end;
}
