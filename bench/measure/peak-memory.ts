// The most memory a process had resident, looked up while it lives: only its own system knows.

import { readFileSync } from 'node:fs';

const POLL_MS = 5;

export interface PeakMemory {
  /** Megabytes at the last look; null where the system does not tell. */
  stop(): number | null;
}

/** `find` gives the process's id once it is known. */
export function watchPeakMemory(find: () => number | null): PeakMemory {
  let peak: number | null = null;
  let pid: number | null = null;
  const timer = setInterval(() => {
    pid ??= find();
    if (pid !== null) peak = readPeak(pid) ?? peak;
  }, POLL_MS);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

function readPeak(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
