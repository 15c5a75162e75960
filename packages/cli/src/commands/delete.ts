// `headwater delete`: runs go away; their values too, with the next `gc`, as far as no other run refers to them.

import { formatRunId, parseRunId, UserError } from '@headwater/protocol';
import { deleteRun, readRecord, refuseDeleting } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { openNamedStore } from './find-run.ts';

export async function deleteRuns(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const store = await openNamedStore(shared);
  const runs = await Promise.all(args.map(async (text) => {
    const run = parseRunId(text);
    // Never the latest by its flow's name alone: that is another one a moment later.
    if (run === null) throw new UserError('bad-run', `\`${text}\` is not a run.`, 'A run is FLOW/NUMBER, such as churn/42.');
    if ((await readRecord(store, run.flow, run.number)) === null) throw new UserError('no-run', `There is no run ${text} in ${store.url}.`, 'See `headwater runs` for those there are.');
    await refuseDeleting(store, run);
    return run;
  }));
  const dryRun = options['dryRun'] === true;
  for (const run of runs) {
    if (!dryRun) await deleteRun(store, run);
    process.stdout.write(shared.json === true ? `${JSON.stringify({ type: 'deleted', dryRun, run: formatRunId(run) })}\n` : `${dryRun ? 'Would delete' : 'Deleted'} ${formatRunId(run)}\n`);
  }
  if (!dryRun && shared.json !== true) process.stdout.write('`headwater gc` frees what only they referred to.\n');
  return EXIT.done;
}
