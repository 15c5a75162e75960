// Starting a run: a process of its own, detached from whoever asked, that answers and then only writes to the store.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { decodeText } from '@headwater/protocol';
import { ReplySchema, type Answer } from './reply.ts';
import type { RunRequest } from './request.ts';

/**
 * An engine makes much that is garbage at once, and V8 would let the room for it grow beyond all that is kept: 100 000 tasks took 260 MB with
 * its own bounds and 145 MB with this one, in the same time.
 * @public bench/rows measures with it, too.
 */
export const YOUNG_SPACE = '--max-semi-space-size=8';

export interface StartOptions {
  /** Starts a run process: Node, and its script. */
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
  /** Told in a clause what it prepares, where that takes its time. */
  readonly preparing?: (what: string) => void;
  /** Whoever asked does not want it any more: it ends, unless it has started. */
  readonly signal?: AbortSignal;
}

export async function startRun(request: RunRequest, { command, env, preparing, signal }: StartOptions): Promise<Answer> {
  const [program, ...args] = command;
  const child = spawn(program, [YOUNG_SPACE, ...args], { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  signal?.addEventListener('abort', () => child.kill());
  child.stdin.end(JSON.stringify(request));
  const reply = await new Promise<Answer>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = decodeText(ReplySchema, line, 'the reply of the run process');
      if (said.type === 'preparing') preparing?.(said.what);
      else resolve(said);
    });
    child.once('error', (error) => resolve({ type: 'bug', message: `the run process cannot be started: ${error.message}`, stack: '' }));
    child.once('close', (code) => resolve({ type: 'bug', message: `the run process ended with ${code ?? 'a signal'} before it answered`, stack: complaint }));
  });
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
  return reply;
}
