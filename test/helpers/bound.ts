// What ends with this process, however it ends: a test run that is killed can tidy nothing up itself.

import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/** A process that the kernel kills when the one that started it is gone, and that does not keep that one waiting. */
export function spawnBound(program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], options);
  child.unref();
  return child;
}

/** A command for the end of this process, or for when the function it returns is called. Nothing that ends a group of processes reaches who waits for it. */
export function runAtEnd(...command: string[]): () => Promise<void> {
  const waiting = spawn('sh', ['-c', 'cat > /dev/null; exec "$@"', 'sh', ...command], { stdio: ['pipe', 'ignore', 'inherit'], detached: true });
  waiting.unref();
  return () => new Promise((resolve) => {
    waiting.ref();
    waiting.once('close', () => resolve());
    waiting.stdin.end();
  });
}
