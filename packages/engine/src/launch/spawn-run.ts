// The process of a run, before it knows which: one of its own, detached from whoever asked.

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { writeExpected, type Expected } from './expected.ts';

export type { Expected } from './expected.ts';

/**
 * An engine makes much that is garbage at once, and V8 would let the room for it grow beyond all that is kept: 100 000 tasks took 270 MB with
 * its own bounds and 148 MB with this one, at 51 microseconds a task.
 * @public bench/rows measures with it, too.
 */
export const YOUNG_SPACE = '--max-semi-space-size=8';

/**
 * `command` is Node and the script. It waits for a request, and ends when the line to it closes without one. What it will most probably be asked
 * for lets it start an interpreter before it has read its own code.
 */
export function spawnRun([program, ...args]: readonly [string, ...string[]], env: NodeJS.ProcessEnv, expected: Expected | null = null): ChildProcessWithoutNullStreams {
  const child = spawn(program, [YOUNG_SPACE, ...args, ...(expected === null ? [] : [writeExpected(expected)])], { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env });
  // Who asks is told by `startRun`; until then nobody listens.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  return child;
}
