// The commit a run was made from.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Commit and whether tracked files differ from it; null outside a repository, before its first commit or without git. */
export async function describeGit(folder: string): Promise<{ commit: string; dirty: boolean } | null> {
  try {
    const { stdout } = await run('git', ['-C', folder, 'status', '--porcelain=v2', '--branch', '--untracked-files=no'], { timeout: 5_000 });
    const commit = /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(stdout)?.[1];
    return commit === undefined ? null : { commit, dirty: /^[^#\n]/m.test(stdout) };
  } catch {
    return null;
  }
}
