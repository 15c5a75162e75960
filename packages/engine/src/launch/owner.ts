// Who runs a run: enough to tell whether that process still lives.

import { readFileSync } from 'node:fs';
import os from 'node:os';
import type { Owner } from '@headwater/protocol';

export function describeOwner(): Owner {
  return { host: os.hostname(), pid: process.pid, started: startOf(process.pid) ?? '' };
}

/** Whether the owner lives; null when it is on another machine and cannot be asked. */
export function isAlive(owner: Owner): boolean | null {
  if (owner.host !== os.hostname()) return null;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const start = startOf(owner.pid);
  return start === null || start === owner.started;
}

/** Start time of a process in ticks since boot (field 22 of /proc/PID/stat), which tells a reused pid; null where it cannot be read. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended, its parent only has not looked yet.
    return fields[0] === 'Z' ? 'ended' : fields[19] ?? null;
  } catch {
    return null;
  }
}
