// From "go on with churn/41" to a request: the same notebook, its parameters with what is given now, what still holds reused.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { formatRunId, UserError, blobKey, type RunId } from '@headwater/protocol';
import { findRepository, isRemote } from '../store/open-store.ts';
import { asText, readRecord, readSummary } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { isAlive } from './owner.ts';
import { defaultRequest, type RunRequest } from './request.ts';

export interface ResumeOptions {
  readonly store: Store;
  readonly run: RunId;
  /** Where the person stands: the notebook is looked for from there. */
  readonly cwd: string;
  /** A path given instead, or null. */
  readonly notebook: string | null;
  /** Today's notebook, or the one that ran. */
  readonly code: 'now' | 'original';
}

export async function makeResumeRequest(options: ResumeOptions): Promise<RunRequest> {
  const { store, run } = options;
  const record = await readRecord(store, run.flow, run.number);
  const summary = await readSummary(store, run.flow, run.number);
  if (summary?.status === 'running' && isAlive(summary.owner) === true) throw new UserError('still-running', `${formatRunId(run)} is still running.`, `Follow it with \`headwater watch ${formatRunId(run)}\`, or end it with \`headwater stop ${formatRunId(run)}\`.`);
  if (record === null) throw new UserError('no-run', `There is no run ${formatRunId(run)} in ${store.url}.`, 'See `headwater runs` for those there are.');
  const notebook = options.notebook === null ? findNotebook(options, record.notebook) : path.resolve(options.notebook);
  return {
    ...defaultRequest(notebook),
    text: options.code === 'original' ? asText(await store.get(blobKey(record.snapshot))) : null,
    parameters: { ...record.parameters },
    store: store.url,
    tags: record.tags,
    resumes: formatRunId(run),
    hashSeed: record.hashSeed,
    environmentsOf: formatRunId(run),
  };
}

/** A record holds the path within the project only; the project is where the person stands or where the store is. */
function findNotebook({ cwd, store }: ResumeOptions, notebook: string): string {
  const places = [findRepository(cwd) ?? cwd, cwd, ...(isRemote(store.url) ? [] : [path.dirname(store.url)])].map((folder) => path.join(folder, notebook));
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new UserError('no-notebook', `The notebook ${notebook} of this run was not found from ${cwd}.`, 'Go to its project, or say where it is with `--notebook PATH`.');
}
