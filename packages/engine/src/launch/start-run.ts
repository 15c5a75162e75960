// Starting a run: a process of its own, detached from whoever asked, that answers and then only writes to the store.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { decodeText } from '@headwater/protocol';
import { ReplySchema, type Answer } from './reply.ts';
import type { RunRequest } from './request.ts';

export interface StartOptions {
  /** A run process that waits for its request. */
  readonly child: ChildProcessWithoutNullStreams;
  /** Told in a clause what it prepares, where that takes its time. */
  readonly preparing?: (what: string) => void;
  /** Whoever asked does not want it any more: it ends, unless it has started. */
  readonly signal?: AbortSignal;
}

export async function startRun(request: RunRequest, { child, preparing, signal }: StartOptions): Promise<Answer> {
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
    const fail = (why: string) => resolve({ type: 'bug', message: `the run process cannot be started: ${why}`, stack: '' });
    child.once('error', (error) => fail(error.message));
    // One that was started ahead of the request may have said so already.
    if (child.pid === undefined) setImmediate(() => fail('there is no room for another process'));
    child.once('close', (code) => resolve({ type: 'bug', message: `the run process ended with ${code ?? 'a signal'} before it answered`, stack: complaint }));
  });
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
  return reply;
}
