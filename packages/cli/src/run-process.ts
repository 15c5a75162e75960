// The main function of a run process.

import { decodeText } from '@headwater/protocol';
import { RunRequestSchema, runToEnd, type Reply } from '@headwater/engine';
import type { EarlyInterpreter } from '@headwater/engine/early-interpreter';
import { EXIT } from './exit.ts';

export async function main(early: EarlyInterpreter): Promise<void> {
  const said = { answer: false };
  const answer = (reply: Reply) => {
    said.answer = true;
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  };
  // Whoever asked may be gone: the run goes on all the same.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  try {
    const request = await readInput();
    // Whoever started it had no use for it after all.
    if (request === '') return;
    await runToEnd(decodeText(RunRequestSchema, request, 'the request for a run'), { answer, early });
  } catch (error) {
    const bug = error instanceof Error ? error : new Error(String(error));
    if (!said.answer) answer({ type: 'bug', message: bug.message, stack: bug.stack ?? '' });
    process.exitCode = EXIT.bug;
  } finally {
    early.close();
  }
}

async function readInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text;
}
