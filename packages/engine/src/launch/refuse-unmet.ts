// What steps ask for and this machine, or the place they run in, does not have: said before anything runs.

import { statfsSync } from 'node:fs';
import os, { availableParallelism } from 'node:os';
import { formatBytes, UserError, type Flow, type Step } from '@headwater/protocol';
import { placeOf, type Place } from './elsewhere.ts';
import { countGpus } from './machine.ts';
import type { Prepared } from './prepare.ts';
import { readProfile } from './settings.ts';
import { refuseFiles } from './tagged-files.ts';

/** Shorter values stand in ordinary text by chance: hiding them would tear it. */
const SHORTEST_SECRET = 6;

/** Every secret of the flow: its value is kept out of what any of its steps writes. */
export function secretsOf(flow: Flow): string[] {
  return [...new Set(flow.steps.flatMap(({ asks }) => asks.secrets))].sort();
}

/** Environment variables that tags set. */
export function variablesOf(flow: Flow): string[] {
  const gpus = flow.steps.some(({ asks }) => asks.gpus !== null) ? ['CUDA_VISIBLE_DEVICES'] : [];
  return [...new Set([...flow.steps.flatMap(({ asks }) => Object.keys(asks.env)), ...secretsOf(flow), ...gpus])].sort();
}

/** Throws UserError for the first thing that cannot be had. */
export function refuseUnmet(prepared: Prepared, on: Place | null, env: NodeJS.ProcessEnv): void {
  refuseFiles(prepared);
  for (const step of prepared.flow.steps) {
    const place = placeOf(prepared.flow, step.name, on);
    for (const secret of step.asks.secrets) refuseSecret(secret, { step, place, prepared, env });
    if (place !== 'local') refuseEnvironment(step, place);
    if (place === 'local') refuseRoom(step, prepared.folder, env);
  }
}

/** Packages travel; an environment that stands on this disk, or another image than that of the place, does not. */
function refuseEnvironment({ name, asks: { conda, image } }: Step, place: Exclude<Place, 'local'>): void {
  const asked = image !== null ? `image:${image}` : conda !== null ? `conda:${conda}` : null;
  if (asked !== null) throw new UserError('environment-elsewhere', `Step \`${name}\` asks for \`${asked}\` and runs on ${PLACES[place]}, where it has the image in headwater.json.`, `Take an image that has what it needs, or name packages: \`pip:NAME\`; or run the step here: \`on:local\`.`);
}

interface Asking {
  readonly step: Step;
  readonly place: Place;
  readonly prepared: Prepared;
  readonly env: NodeJS.ProcessEnv;
}

function refuseSecret(name: string, { step, place, prepared, env }: Asking): void {
  const value = env[name] ?? '';
  if (place === 'local' && value === '') {
    throw new UserError('secret-missing', `Step \`${step.name}\` needs the secret ${name}, and there is no such variable in the environment.`, `Set it where the run is started: export ${name}=…`);
  }
  if (place !== 'local' && !hasSecret(prepared.project, place, name)) {
    throw new UserError('secret-missing', `Step \`${step.name}\` needs the secret ${name} in ${PLACES[place]}, and headwater.json does not say where it is.`, SECRET_HINTS[place]);
  }
  if (value !== '' && value.length < SHORTEST_SECRET) {
    throw new UserError('secret-short', `The secret ${name} of step \`${step.name}\` has fewer than ${SHORTEST_SECRET} characters: it cannot be told from ordinary text.`, 'Give it to the step as `env:` if it is none.');
  }
  const given = Object.entries(prepared.parameters).find(([, text]) => value !== '' && text.includes(value));
  if (given !== undefined) {
    throw new UserError('secret-parameter', `The parameter \`${given[0]}\` was given the value of the secret ${name}: parameters are kept with the run.`, `Read it in the cell: os.environ["${name}"].`);
  }
}

const PLACES = { kubernetes: 'Kubernetes', batch: 'AWS Batch' };
const SECRET_HINTS = {
  kubernetes: 'Name the Secret that has it as a key in `kubernetes.envFromSecrets`.',
  batch: 'Give the ARN of its place in `batch.secrets`.',
};

/** A Kubernetes Secret is named whole: which keys it has, only the cluster knows. */
function hasSecret(project: string, place: Exclude<Place, 'local'>, name: string): boolean {
  return place === 'kubernetes' ? readProfile(project, place).envFromSecrets.length > 0 : name in readProfile(project, place).secrets;
}

function refuseRoom({ name, asks: { cpus, memoryBytes, gpus, diskBytes } }: Step, folder: string, env: NodeJS.ProcessEnv): void {
  const cores = availableParallelism();
  const found = countGpus(env);
  if (cpus !== null && cpus > cores) throw tooMuch(name, `${cpus} cores`, `${cores}`);
  if (memoryBytes !== null && memoryBytes > os.totalmem()) throw tooMuch(name, `${formatBytes(memoryBytes)} of memory`, formatBytes(os.totalmem()));
  if (gpus !== null && gpus > found) throw tooMuch(name, `${gpus} GPU${gpus === 1 ? '' : 's'}`, found === 0 ? 'none' : String(found));
  if (diskBytes !== null) refuseDisk(name, diskBytes, folder);
}

function refuseDisk(name: string, asked: number, folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (asked > bavail * bsize) throw new UserError('no-room', `Step \`${name}\` asks for ${formatBytes(asked)} of disk; ${formatBytes(bavail * bsize)} are free at ${folder}.`, 'Free some space, or ask for less.');
}

function tooMuch(step: string, asked: string, there: string): UserError {
  return new UserError('no-room', `Step \`${step}\` asks for ${asked}; this machine has ${there}.`, 'Ask for less, or run the step elsewhere: `on:kubernetes`, `on:batch`.');
}
