// A process of a run as a job: the definition its steps share, and what differs. Pure.

import { createHash } from 'node:crypto';
import type { JobDetail, KeyValuePair, RegisterJobDefinitionCommandInput, ResourceRequirement, SubmitJobCommandInput } from '@aws-sdk/client-batch';
import type { Asks } from '@headwater/protocol';
import type { RemoteProcess, RemoteWave } from '../remote/backend.ts';
import { idOf, titleOf, tryOf } from '../remote/names.ts';
import type { BatchProfile } from './profile.ts';
import type { Platform } from './rules.ts';

/** Amazon's limit for names. */
const NAME_CHARS = 128;
const DIGEST_CHARS = 12;
/** Of machines that are taken back; everything else is the engine's to decide. */
const HOST_ATTEMPTS = 5;

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, DIGEST_CHARS);
const plain = (text: string) => text.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '');
const pairs = (values: Readonly<Record<string, string>>): KeyValuePair[] => Object.entries(values).map(([name, value]) => ({ name, value }));

export interface DefinitionSource {
  readonly profile: BatchProfile;
  readonly platform: Platform;
  readonly bootstrap: string;
}

/** Its name is the hash of what it says: the same profile is one definition, registered once. */
export function makeDefinition({ profile, platform, bootstrap }: DefinitionSource): RegisterJobDefinitionCommandInput & { jobDefinitionName: string } {
  const fargate = platform === 'FARGATE';
  const body: Omit<RegisterJobDefinitionCommandInput, 'jobDefinitionName'> = {
    type: 'container',
    platformCapabilities: [platform],
    propagateTags: true,
    tags: { ...profile.tags, 'managed-by': 'headwater' },
    retryStrategy: {
      attempts: HOST_ATTEMPTS,
      evaluateOnExit: [{ onStatusReason: 'Host EC2*', action: 'RETRY' }, { onReason: 'CannotPullContainerError*', action: 'EXIT' }, { onReason: '*', action: 'EXIT' }],
    },
    containerProperties: {
      image: profile.image,
      command: [profile.python, '-c', bootstrap],
      environment: pairs(profile.env),
      secrets: Object.entries(profile.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
      resourceRequirements: requirements(profile),
      ...(profile.jobRole === null ? {} : { jobRoleArn: profile.jobRole }),
      ...(profile.executionRole === null ? {} : { executionRoleArn: profile.executionRole }),
      ...(profile.sharedMemoryMiB === null ? {} : { linuxParameters: { sharedMemorySize: profile.sharedMemoryMiB } }),
      ...(fargate ? { networkConfiguration: { assignPublicIp: profile.publicIp ? 'ENABLED' : 'DISABLED' } } : {}),
    },
  };
  return { jobDefinitionName: `headwater-${digest(body)}`, ...body };
}

/** What the step's tags ask for in place of what its definition says. */
function overrides({ cpus, memoryBytes, gpus }: Asks): ResourceRequirement[] {
  return [
    ...(cpus === null ? [] : [{ type: 'VCPU' as const, value: String(cpus) }]),
    ...(memoryBytes === null ? [] : [{ type: 'MEMORY' as const, value: String(Math.ceil(memoryBytes / 2 ** 20)) }]),
    ...(gpus === null ? [] : [{ type: 'GPU' as const, value: String(gpus) }]),
  ];
}

function requirements({ vcpu, memoryMiB, gpu }: BatchProfile): ResourceRequirement[] {
  const found: ResourceRequirement[] = [{ type: 'VCPU', value: String(vcpu) }, { type: 'MEMORY', value: String(memoryMiB) }];
  return gpu === 0 ? found : [...found, { type: 'GPU', value: String(gpu) }];
}

export type Named = Pick<RemoteProcess | RemoteWave, 'flow' | 'run' | 'start'>;

/** The same process has the same name, whoever asks: a job that runs already is found by it. */
export function jobName({ flow, run, start }: Named): string {
  const end = `-${digest([start.store, start.prefix, idOf(start), tryOf(start)])}`;
  return `hw-${plain(flow)}-${run}-${plain(titleOf(start))}`.slice(0, NAME_CHARS - end.length) + end;
}

export function makeJob(process: RemoteProcess | RemoteWave, definition: string, profile: BatchProfile): SubmitJobCommandInput {
  return {
    jobName: jobName(process),
    ...('processes' in process ? { arrayProperties: { size: process.processes.length } } : {}),
    jobQueue: profile.queue,
    jobDefinition: definition,
    ...(profile.share === null ? {} : { shareIdentifier: profile.share }),
    tags: { 'headwater-task': `${process.flow}/${process.run}/${titleOf(process.start)}` },
    containerOverrides: {
      ...(overrides(process.asks).length === 0 ? {} : { resourceRequirements: overrides(process.asks) }),
      environment: pairs({ PYTHONHASHSEED: String(process.hashSeed), HEADWATER_START: JSON.stringify(process.start) }),
    },
  };
}

export type JobState =
  | { readonly kind: 'waiting'; readonly why: string | null }
  | { readonly kind: 'running' }
  | { readonly kind: 'succeeded' }
  /** A machine was taken back more often than AWS tries again. */
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'died'; readonly cause: 'memory' | 'exit' | 'signal' | 'start'; readonly code: number; readonly why: string };

/** worker/bootstrap.py: the code could not be fetched. */
const UNREACHABLE = 68;
/** worker/relay.py: it waited for its turn, and its engine gave no sign of life. */
const ALONE = 75;
const SIGNALS = 128;

export function classify({ status, statusReason, container = {} }: JobDetail): JobState {
  if (status === 'SUCCEEDED') return { kind: 'succeeded' };
  if (status === 'RUNNING') return { kind: 'running' };
  if (status !== 'FAILED') return { kind: 'waiting', why: statusReason ?? null };
  return classifyFailure(statusReason ?? '', container.reason ?? '', container.exitCode);
}

function classifyFailure(statusReason: string, reason: string, code: number | undefined): JobState {
  if (statusReason.startsWith('Host EC2')) return { kind: 'lost', why: statusReason };
  if (reason.startsWith('OutOfMemory')) return { kind: 'died', cause: 'memory', code: code ?? 137, why: `it needed more memory than its job was given (${reason})` };
  if (reason.startsWith('CannotPull')) return { kind: 'died', cause: 'start', code: 0, why: `its image does not come: ${reason}` };
  if (code === ALONE) return { kind: 'lost', why: 'it had waited for this engine and heard nothing of it' };
  if (code === UNREACHABLE) return { kind: 'died', cause: 'start', code, why: 'its job could not fetch its code' };
  if (code === undefined) return { kind: 'died', cause: 'start', code: 0, why: `its job did not start: ${reason || statusReason}` };
  if (code > SIGNALS) return { kind: 'died', cause: 'signal', code: code - SIGNALS, why: `its job ended with signal ${code - SIGNALS}` };
  return { kind: 'died', cause: 'exit', code, why: `its job ended with exit code ${code}` };
}
