// Starting a run: a process of its own, detached from whoever asked, that answers once and then only writes to the store.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { decodeText } from '@headwater/protocol';
import { ReplySchema, type Reply } from './reply.ts';
import type { RunRequest } from './request.ts';

/** `command` starts a run process: a program and its arguments. */
export async function startRun(command: readonly [string, ...string[]], request: RunRequest, env: NodeJS.ProcessEnv): Promise<Reply> {
  const [program, ...args] = command;
  const child = spawn(program, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdin.end(JSON.stringify(request));
  const reply = await new Promise<Reply>((resolve) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(decodeText(ReplySchema, line, 'the reply of the run process')));
    child.once('error', (error) => resolve({ type: 'bug', message: `the run process cannot be started: ${error.message}`, stack: '' }));
    child.once('close', (code) => resolve({ type: 'bug', message: `the run process ended with ${code ?? 'a signal'} before it answered`, stack: complaint }));
  });
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
  return reply;
}
