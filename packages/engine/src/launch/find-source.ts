// The run whose results are taken over: the one that was named, or for `--only` the latest good one. It must be one's own, or trusted.

import os from 'node:os';
import { formatRunId, parseRunId, UserError } from '@headwater/protocol';
import { openStoreForRun } from '../store/open-store.ts';
import { listSummaries, readRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { Prepared } from './prepare.ts';
import type { RunRequest } from './request.ts';
import { readTrust } from './settings.ts';

/** The request with the run it goes on from. Throws UserError where there is none, or another person's. */
export async function findSource(request: RunRequest, { flow, project, store: place, isStoreNamed }: Prepared): Promise<RunRequest> {
  if (request.only === null && request.resumes === null) return request;
  const store = await openStoreForRun(place, isStoreNamed);
  const resumes = request.only === null ? request.resumes ?? '' : await findGoodRun(store, flow.name, request.only);
  const run = parseRunId(resumes);
  const record = run === null ? null : await readRecord(store, run.flow, run.number);
  if (record === null) throw new UserError('no-run', `There is no run ${resumes} in ${store.url}.`, 'See `headwater runs` for those there are.');
  if (isTrusted(record.by, project)) return { ...request, resumes, hashSeed: request.hashSeed ?? record.hashSeed };
  throw new UserError('not-trusted', `${formatRunId(record)} is a run of ${record.by}: to go on from it loads values that ${record.by} made.`, `If you trust ${record.by}, say so in headwater.json: {"trust": ["${record.by}"]}`);
}

export function isTrusted(by: string, project: string): boolean {
  return by === os.userInfo().username || readTrust(project).includes(by);
}

async function findGoodRun(store: Store, flow: string, step: string): Promise<string> {
  const found = (await listSummaries(store, flow, Infinity)).find(({ status }) => status === 'done');
  if (found === undefined) throw new UserError('no-good-run', `Step \`${step}\` alone would run on the results of the latest good run of ${flow}, and there is none.`, 'Run the whole flow once, or `--to` the step.');
  return formatRunId(found);
}
