// `headwater stop`: end a run cleanly. What is done stays, `resume` goes on from there.

import { setTimeout as sleep } from 'node:timers/promises';
import { formatRunId, UserError } from '@headwater/protocol';
import { asLost, isAlive, readSummary, requestStop } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

const LOOK_MS = 100;
/** A stopped task may take two seconds for its `finally` blocks; then it is killed. */
const PATIENCE_MS = 15_000;

export async function stop(args: readonly string[], _: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run, summary } = await findRun(args[0] ?? '', shared);
  const id = formatRunId(run);
  if (summary.status !== 'running') throw new UserError('not-running', `${id} is not running: it is ${summary.status}.`, null);
  await requestStop(store, run, summary.owner);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    await sleep(LOOK_MS);
    const now = await readSummary(store, run.flow, run.number);
    if (now !== null && asLost(now).status !== 'running') {
      process.stdout.write(shared.json === true ? `${JSON.stringify({ type: 'run', run: id, status: asLost(now).status })}\n` : `${id} is ${asLost(now).status}. Go on with \`headwater resume ${id}\`.\n`);
      return EXIT.done;
    }
  }
  process.stderr.write(`${id} was asked to stop and has not ended yet${isAlive(summary.owner) === null ? `; it runs on ${summary.owner.host}` : ''}.\n`);
  return EXIT.failed;
}
