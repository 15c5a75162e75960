// What AWS Batch would refuse, or take and never run: said before anything is submitted. Pure.

import { UserError } from '@headwater/protocol';
import type { BatchProfile } from './profile.ts';

const FILE = 'See the `batch` part of headwater.json.';

/** MiB that Fargate offers for each number of vCPUs: from, to, step. (AWS Fargate, task CPU and memory.) */
const FARGATE: readonly (readonly [vcpu: number, from: number, to: number, step: number])[] = [
  [0.25, 512, 2_048, 512], [0.5, 1_024, 4_096, 1_024], [1, 2_048, 8_192, 1_024], [2, 4_096, 16_384, 1_024],
  [4, 8_192, 30_720, 1_024], [8, 16_384, 61_440, 4_096], [16, 32_768, 122_880, 8_192],
];

export type Platform = 'EC2' | 'FARGATE';

/** Throws UserError for the first rule that is broken. */
export function checkProfile(profile: BatchProfile, platform: Platform): void {
  if (profile.memoryMiB < 4) refuse(`${profile.memoryMiB} MiB are too little for a job`);
  if (platform === 'FARGATE') checkFargate(profile);
  else if (!Number.isInteger(profile.vcpu)) refuse(`${profile.vcpu} vCPUs are only to be had on Fargate; on EC2 they are whole`);
}

function checkFargate({ vcpu, memoryMiB, executionRole, gpu, sharedMemoryMiB }: BatchProfile): void {
  const size = FARGATE.find(([cpus]) => cpus === vcpu);
  if (size === undefined) refuse(`Fargate has no machine of ${vcpu} vCPUs; it has ${FARGATE.map(([cpus]) => cpus).join(', ')}`);
  const [, from, to, step] = size;
  // 0.25 vCPU goes from half a GB over one to two, without one and a half.
  const fits = memoryMiB >= from && memoryMiB <= to && (memoryMiB - from) % step === 0 && !(vcpu === 0.25 && memoryMiB === 1_536);
  if (!fits) refuse(`Fargate has no machine of ${vcpu} vCPUs with ${memoryMiB} MiB; from ${from} to ${to} in steps of ${step}`);
  if (executionRole === null) refuse('jobs on Fargate need an `executionRole` that fetches the image');
  if (gpu > 0) refuse('Fargate has no GPUs');
  if (sharedMemoryMiB !== null) refuse('Fargate has no `sharedMemoryMiB`');
}

function refuse(sentence: string): never {
  throw new UserError('batch-impossible', `AWS Batch cannot run this: ${sentence}.`, FILE);
}
