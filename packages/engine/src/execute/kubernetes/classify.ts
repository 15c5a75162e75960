// What a pod's status means for its step. Pure. The reason counts, never the exit code alone: 137 is what many kinds of end look like.

import type { V1ContainerState, V1ContainerStateTerminated, V1ContainerStateWaiting, V1Job, V1Pod } from '@kubernetes/client-node';

export type PodState =
  | { readonly kind: 'waiting'; readonly why: string | null }
  /** Will not start as it is: bounded in time, for a cluster may grow and an image may come. */
  | { readonly kind: 'stuck'; readonly why: string; readonly patience: 'image' | 'node' }
  | { readonly kind: 'running' }
  | { readonly kind: 'succeeded' }
  /** The cluster's doing, not the step's: it runs again free of charge. */
  | { readonly kind: 'lost'; readonly why: string }
  /** Its code could not be fetched, or it had no Python: no cell has run, and none would the next time. */
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'died'; readonly cause: 'memory' | 'exit' | 'signal'; readonly code: number; readonly why: string };

const IMAGE_TROUBLE = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull', 'CreateContainerConfigError', 'CreateContainerError', 'RegistryUnavailable']);
/** worker/bootstrap.py: the code could not be fetched. */
const UNREACHABLE = 68;
/** worker/relay.py: it waited for its turn, and its engine gave no sign of life. */
const ALONE = 75;
const SIGNALS = 128;

/** Reasons of a pod that its node or the cluster ended. */
const TAKEN_AWAY = new Set(['Evicted', 'NodeLost', 'Shutdown', 'Terminated', 'Preempting']);
/** What the kernel says of a program for another processor. */
const FOREIGN = 'exec format error';
const CANNOT_START = new Set(['StartError', 'ContainerCannotRun']);

export function classify(pod: V1Pod): PodState {
  const { phase } = pod.status ?? {};
  const { terminated, running, waiting } = stateOf(pod);
  if (phase === 'Succeeded' || terminated?.exitCode === 0) return { kind: 'succeeded' };
  if (phase === 'Failed' || terminated !== undefined) return classifyEnd(pod, terminated);
  return running === undefined ? classifyStart(pod, waiting) : { kind: 'running' };
}

const stateOf = (pod: V1Pod): V1ContainerState => pod.status?.containerStatuses?.[0]?.state ?? {};
const imageOf = (pod: V1Pod) => pod.spec?.containers[0]?.image ?? '';

function classifyStart(pod: V1Pod, { reason, message }: V1ContainerStateWaiting = {}): PodState {
  if (reason !== undefined && IMAGE_TROUBLE.has(reason)) {
    const words = [reason, message].filter((each) => each !== undefined).join(', ');
    return { kind: 'stuck', patience: 'image', why: `image ${imageOf(pod)}: ${words}` };
  }
  const placed = findCondition(pod, 'PodScheduled', 'False');
  if (placed?.reason === 'Unschedulable') return { kind: 'stuck', patience: 'node', why: placed.message ?? 'no node takes it' };
  return { kind: 'waiting', why: reason ?? null };
}

function classifyEnd(pod: V1Pod, end: V1ContainerStateTerminated | undefined): PodState {
  const disrupted = findCondition(pod, 'DisruptionTarget', 'True');
  if (disrupted !== undefined) return { kind: 'lost', why: disrupted.message ?? disrupted.reason ?? 'disrupted' };
  const { reason, message } = pod.status ?? {};
  if (end === undefined || TAKEN_AWAY.has(reason ?? '')) return { kind: 'lost', why: message ?? reason ?? 'the pod ended without a word' };
  return classifyExit(pod, end);
}

function classifyExit(pod: V1Pod, { reason = '', exitCode: code, message = '' }: V1ContainerStateTerminated): PodState {
  const said = message.trim().split('\n').at(-1) ?? '';
  if (reason === 'OOMKilled') return { kind: 'died', cause: 'memory', code, why: `it needed more memory than its limit of ${limitOf(pod)}` };
  if (said.includes(FOREIGN)) return { kind: 'unusable', why: `image ${imageOf(pod)} is for another processor than its node's: ${said}` };
  if (CANNOT_START.has(reason)) return { kind: 'unusable', why: `the image cannot start Python: ${said}` };
  const own = classifyOwn(code, said);
  if (own !== null) return own;
  if (code > SIGNALS) return { kind: 'died', cause: 'signal', code: code - SIGNALS, why: `its pod ended with signal ${code - SIGNALS}` };
  return { kind: 'died', cause: 'exit', code, why: `its pod ended with exit code ${code}${said === '' ? '' : `: ${said}`}` };
}

/** An end that our own first lines chose. */
function classifyOwn(code: number, said: string): PodState | null {
  if (code === UNREACHABLE) return { kind: 'unusable', why: said };
  return code === ALONE ? { kind: 'lost', why: 'it had waited for this engine and heard nothing of it' } : null;
}

const findCondition = (pod: V1Pod, type: string, status: string) => pod.status?.conditions?.find((condition) => condition.type === type && condition.status === status);

const limitOf = (pod: V1Pod) => pod.spec?.containers[0]?.resources?.limits?.['memory'] ?? 'none';

/** One of a wave has ended, whatever became of its pod: `1,3-5` is how its Job counts. */
export function hasEnded({ status }: V1Job, index: number): boolean {
  const ranges = [status?.completedIndexes, status?.failedIndexes].flatMap((each) => (each === undefined || each === '' ? [] : each.split(',')));
  return ranges.some((range) => {
    const [from = NaN, to = from] = range.split('-').map(Number);
    return from <= index && index <= to;
  });
}
