// A run goes away: its summary first, so that no list shows half of one. Blobs stay for `gc`: other runs may refer to them.

import { formatRunId, runPrefix, summaryKey, UserError, type RunId } from '@headwater/protocol';
import { asLost } from '../history/as-lost.ts';
import { listAllSummaries, readSummary } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

export async function deleteRun(store: Store, { flow, number }: RunId): Promise<void> {
  await store.delete(summaryKey(flow, number));
  await store.delete(runPrefix(flow, number));
}

/** Throws UserError for a run that is still needed. */
export async function refuseDeleting(store: Store, run: RunId): Promise<void> {
  const id = formatRunId(run);
  const summary = await readSummary(store, run.flow, run.number);
  if (summary !== null && asLost(summary).status === 'running') throw new UserError('still-running', `${id} is still running.`, `End it with \`headwater stop ${id}\` first.`);
  const heir = (await listAllSummaries(store, Infinity)).map(asLost).find(({ status, resumes }) => status === 'running' && resumes === id);
  if (heir !== undefined) throw new UserError('still-needed', `${formatRunId(heir)} is going on from ${id} right now.`, 'Wait for its end.');
}
