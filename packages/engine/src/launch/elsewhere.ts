// Where each step runs, and the executor for those that do not run here.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makerOfList, overlaps, UserError, type Edge, type Flow, type PlannedStep, type Start } from '@headwater/protocol';
import type { Travelling } from '../environment/provided.ts';
import type { Executor } from '../execute/executor.ts';
import type { Backend } from '../execute/remote/backend.ts';
import { RemoteExecutor } from '../execute/remote/remote-executor.ts';
import { RoutingExecutor } from '../execute/routing-executor.ts';
import { connect, isRemote } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { compareImage, imageId } from './compare-image.ts';
import type { Local } from './environments.ts';
import type { Prepared } from './prepare.ts';
import type { RunRequest } from './request.ts';
import { bridgeFolder } from './resources.ts';
import { sendCode, sendEnvironments, storeIsHere } from './send-packages.ts';
import { readProfile } from './settings.ts';

export type Place = PlannedStep['where'];

/** A step's own tag, else what the run was asked for; setup goes with the run. */
export function placeOf(flow: Flow, step: string, asked: Place | null): Place {
  const tag = flow.steps.find((each) => each.name === step)?.tags.find((each) => each.key === 'on');
  return tag?.where ?? asked ?? 'local';
}

export interface ElsewhereOptions {
  readonly store: Store;
  readonly prepared: Prepared;
  readonly request: RunRequest;
  readonly hashSeed: number;
  readonly travelling: readonly Travelling[];
  /** Told in a clause what takes its time. */
  readonly tell: (what: string) => void;
}

const placesOf = ({ flow }: Prepared, { on }: RunRequest) => new Set(flow.steps.map((step) => placeOf(flow, step.name, on)).filter((place) => place !== 'local'));

/** Whether steps can run where they are to, as far as that can be told before anything is asked or sent. */
export function refuseImpossible(prepared: Prepared, request: RunRequest): void {
  const { flow, store } = prepared;
  if (placesOf(prepared, request).size === 0) return;
  if (!isRemote(store)) throw storeIsHere(store);
  // A file that one step writes and another reads is on one process's disk only: better said now than read as it was before.
  const edge = flow.edges.find((each) => each.why === 'file' && !travels(flow, each) && [each.from, each.to].some((step) => placeOf(flow, step, request.on) !== 'local'));
  if (edge !== undefined) throw new UserError('file-between-pods', `Step \`${edge.to}\` reads the file ${edge.names.join(', ')} that \`${edge.from}\` writes; a pod does not see another one's files.`, 'Tag them `writes:` and `reads:`, pass it on as a variable, or keep both steps `on:local`.');
}

/** What both steps name in their tags goes through the store. */
function travels(flow: Flow, { from, to, names }: Edge): boolean {
  const [writer, reader] = [from, to].map((name) => flow.steps.find((step) => step.name === name)?.asks);
  return names.every((name) => reader?.reads.some((glob) => overlaps(glob, name)) === true && writer?.writes.some((glob) => overlaps(glob, name)) === true);
}

/** The executors of this machine, and of the other places that steps are to run in. Throws UserError where nothing could run. */
export async function withElsewhere({ own, others, environmentOf }: Local, options: ElsewhereOptions): Promise<Executor> {
  const { prepared, request } = options;
  const places = [...placesOf(prepared, request)];
  if (places.length === 0 && others.size === 0) return own;
  const elsewhere = await Promise.all(places.map(async (place) => [place, await makeElsewhere(place, options)] as const));
  const route = (start: Start) => {
    const step = homeOf(options, start);
    const place = placeOf(prepared.flow, step, request.on);
    return place === 'local' ? environmentOf(step) ?? place : place;
  };
  return new RoutingExecutor(own, new Map<string, Executor>([...others, ...elsewhere]), route);
}

/** The step whose place and environment an attempt has: its own, but a list is taken apart in the place where it was made (run/room.ts). */
function homeOf({ prepared: { flow }, request: { on } }: ElsewhereOptions, start: Start): string {
  const maker = makerOfList(start);
  return maker === null || placeOf(flow, maker, on) === placeOf(flow, start.step, on) ? start.step : maker;
}

async function makeElsewhere(place: Exclude<Place, 'local'>, options: ElsewhereOptions): Promise<Executor> {
  const { store, prepared, request, hashSeed, travelling, tell } = options;
  const profile = readProfile(prepared.project, place);
  const storeUrl = profile.store ?? store.url;
  const lender = profile.store === null ? store : await connect(profile.store);
  const bootstrap = readFileSync(path.join(bridgeFolder(), 'headwater/worker/bootstrap.py'), 'utf8');
  const backend = await makeBackend(place, { prepared, storeUrl, bootstrap });
  const environments = await sendEnvironments(travelling.filter(({ record }) => record.steps?.some((step) => placeOf(prepared.flow, step, request.on) === place)), { store, lender, tell });
  const [packages, difference] = await Promise.all([
    sendCode(prepared, { store, lender }),
    compareImage({ store, flow: prepared.flow.name, image: profile.image, python: prepared.interpreter.path }),
  ]);
  if (difference !== null) tell(difference);
  return new RemoteExecutor(backend, {
    store, storeUrl, hashSeed, packages, silentSeconds: profile.silentSeconds, aloneSeconds: profile.aloneSeconds,
    environmentOf: (start) => environments.get(homeOf(options, start)) ?? null,
    environment: imageId(profile.image),
    folder: path.relative(prepared.project, prepared.folder).split(path.sep).join('/') || '.',
  });
}

/** Whether processes of this project could run there now. Throws UserError with what to mend. */
export async function checkPlace(place: Exclude<Place, 'local'>, project: string, store: string): Promise<void> {
  if (!isRemote(store)) throw storeIsHere(store);
  const backend = await makeBackend(place, { prepared: { project }, storeUrl: readProfile(project, place).store ?? store, bootstrap: '' });
  await backend.check();
}

interface BackendSource {
  readonly prepared: Pick<Prepared, 'project'>;
  readonly storeUrl: string;
  readonly bootstrap: string;
}

/** Loaded only where it is used: the client of a cloud is larger than all the rest. */
async function makeBackend(place: Exclude<Place, 'local'>, { prepared, storeUrl, bootstrap }: BackendSource): Promise<Backend> {
  if (place === 'kubernetes') {
    const { KubernetesBackend } = await import('../execute/kubernetes/kubernetes-backend.ts');
    return new KubernetesBackend({ profile: readProfile(prepared.project, place), storeUrl, bootstrap });
  }
  const { BatchBackend } = await import('../execute/batch/batch-backend.ts');
  return new BatchBackend({ profile: readProfile(prepared.project, place), bootstrap });
}
