// Where each step runs, and the executor for those that do not run here.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeKey, UserError, type Flow, type RemotePackage } from '@headwater/protocol';
import type { Executor } from '../execute/executor.ts';
import { packContents, projectContents, sendPackage, workerContents, type Contents } from '../execute/remote/code-package.ts';
import { connect, isRemote } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { Prepared } from './prepare.ts';
import type { RunRequest } from './request.ts';
import { bridgeFolder } from './resources.ts';
import { readKubernetesProfile } from './settings.ts';

export type Place = 'local' | 'kubernetes';

/** How long a pod may wait for its node and still fetch its code. */
const LENT_SECONDS = 24 * 3_600;

/** A step's own tag, else what the run was asked for; setup goes with the run. */
export function placeOf(flow: Flow, step: string, asked: Place | null): Place {
  const tag = flow.steps.find((each) => each.name === step)?.tags.find((each) => each.key === 'on');
  return tag?.where ?? asked ?? 'local';
}

export const runsElsewhere = ({ flow }: Prepared, request: RunRequest) => flow.steps.some((step) => placeOf(flow, step.name, request.on) !== 'local');

export interface ElsewhereOptions {
  readonly store: Store;
  readonly prepared: Prepared;
  readonly request: RunRequest;
  readonly hashSeed: number;
}

/** Throws UserError where nothing could run: the store cannot be reached from there, a file must not travel, no cluster. */
export async function makeElsewhere({ store, prepared, request, hashSeed }: ElsewhereOptions): Promise<Executor> {
  refuseFileEdges(prepared, request.on);
  const profile = readKubernetesProfile(prepared.project);
  const storeUrl = profile.store ?? store.url;
  const lender = profile.store === null ? store : await connect(profile.store);
  const bridge = bridgeFolder();
  const send = async (into: RemotePackage['into'], contents: Contents): Promise<RemotePackage> => {
    const packed = await packContents(contents);
    await sendPackage(store, packed);
    const url = await lender.lend(codeKey(packed.digest), LENT_SECONDS);
    if (url === null) throw new UserError('store-local', `The store ${store.url} is a folder of this machine: pods cannot reach it.`, 'Name one they can: --store s3://bucket/prefix.');
    return { url, digest: packed.digest, into };
  };
  const packages = await Promise.all([
    send('worker', workerContents(bridge)),
    send('project', projectContents({ project: prepared.project, folder: prepared.folder, named: prepared.flow.files })),
  ]);
  const { KubernetesExecutor } = await import('../execute/kubernetes/kubernetes-executor.ts');
  return new KubernetesExecutor({
    store, storeUrl, profile, packages, hashSeed,
    bootstrap: readFileSync(path.join(bridge, 'headwater/worker/bootstrap.py'), 'utf8'),
    folder: path.relative(prepared.project, prepared.folder).split(path.sep).join('/') || '.',
  });
}

/** Asked before a number is claimed or anything is sent. */
export function refuseLocalStore(place: string): void {
  if (!isRemote(place)) throw new UserError('store-local', `The store ${place} is a folder of this machine: pods cannot reach it.`, 'Name one they can: --store s3://bucket/prefix.');
}

/** A file that one step writes and another reads is on one pod's disk only: better said now than read as it was before. */
function refuseFileEdges({ flow }: Prepared, asked: Place | null): void {
  const edge = flow.edges.find((each) => each.why === 'file' && [each.from, each.to].some((step) => placeOf(flow, step, asked) !== 'local'));
  if (edge !== undefined) throw new UserError('file-between-pods', `Step \`${edge.to}\` reads the file ${edge.names.join(', ')} that \`${edge.from}\` writes; a pod does not see another one's files.`, 'Pass it on as a variable, or keep both steps `on:local`.');
}
