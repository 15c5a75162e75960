// What processes elsewhere run with, put where they can fetch it, by addresses that need no credentials.

import { readFile } from 'node:fs/promises';
import { codeKey, formatBytes, UserError, type RemotePackage } from '@headwater/protocol';
import type { Travelling } from '../environment/provided.ts';
import { packContents, projectContents, sendPackage, type Packed } from '../execute/remote/code-package.ts';
import type { OwnEnvironment } from '../execute/remote/remote-executor.ts';
import type { Store } from '../store/store.ts';
import type { Prepared } from './prepare.ts';
import { taggedFiles } from './tagged-files.ts';
import { packWorker } from './worker-package.ts';

/** How long a process may wait for its machine and still fetch its code. */
const LENT_SECONDS = 24 * 3_600;
/** What one request can send. */
const LARGEST_ENVIRONMENT_BYTES = 2 ** 31 - 1;

export interface Sending {
  readonly store: Store;
  /** The same store, by the address that leads to it from there. */
  readonly lender: Store;
}

export const storeIsHere = (place: string) => new UserError('store-local', `The store ${place} is a folder of this machine: pods cannot reach it.`, 'Name one they can: --store s3://bucket/prefix.');

/** The worker, and the project's code. */
export async function sendCode(prepared: Prepared, { store, lender }: Sending): Promise<RemotePackage[]> {
  const send = async (into: 'worker' | 'project', packing: Promise<Packed>): Promise<RemotePackage> => {
    const packed = await packing;
    await sendPackage(store, packed);
    return { into, ...(await lend(packed.digest, lender)) };
  };
  const { project, folder, flow, interpreter } = prepared;
  const own = projectContents({ project, folder, named: [...flow.files, ...taggedFiles(prepared)] });
  return Promise.all([send('worker', packWorker(interpreter.path)), send('project', packContents(own))]);
}

/** Packages that steps have for themselves, each archive sent once; step → what its process fetches. */
export async function sendEnvironments(travelling: readonly Travelling[], { store, lender, tell }: Sending & { readonly tell: (what: string) => void }): Promise<Map<string, OwnEnvironment>> {
  const found = new Map<string, OwnEnvironment>();
  for (const { record, archive: { digest, bytes, file, python, machine } } of travelling) {
    const steps = record.steps ?? [];
    if (bytes > LARGEST_ENVIRONMENT_BYTES) throw new UserError('environment-too-large', `The environment of ${steps.join(', ')} (${record.why}) has ${formatBytes(bytes)} when packed: too much to send.`, 'Build an image that has these packages, and take the tags off.');
    if (!(await store.touch(codeKey(digest)))) {
      tell(`sending the environment of ${steps.join(', ')}: ${formatBytes(bytes)}`);
      await sendPackage(store, { digest, bytes: await readFile(file) });
    }
    const own = { id: record.id, package: { into: 'environment' as const, ...(await lend(digest, lender)), python, machine } };
    for (const step of steps) found.set(step, own);
  }
  return found;
}

async function lend(digest: string, lender: Store): Promise<{ url: string; digest: string }> {
  const url = await lender.lend(codeKey(digest), LENT_SECONDS);
  if (url === null) throw storeIsHere(lender.url);
  return { url, digest };
}
