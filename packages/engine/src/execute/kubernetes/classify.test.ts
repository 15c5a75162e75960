import type { V1ContainerState, V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { classify, hasEnded } from './classify.ts';

/** As a cluster writes it: what is not said is left out. */
function pod(phase: string, state: V1ContainerState = {}, more: Partial<V1Pod['status']> = {}): V1Pod {
  return { spec: { containers: [{ name: 'step', image: 'team/cells:1', resources: { limits: { memory: '64Mi' } } }] }, status: { phase, containerStatuses: [{ name: 'step', image: '', imageID: '', ready: false, restartCount: 0, state }], ...more } };
}

const condition = (type: string, status: string, more: { reason?: string; message?: string } = {}) => ({ conditions: [{ type, status, ...more }] });

describe('what a pod\'s status means', () => {
  it.each<[string, V1Pod, unknown]>([
    ['not placed yet', pod('Pending'), { kind: 'waiting', why: null }],
    ['its image on the way', pod('Pending', { waiting: { reason: 'ContainerCreating' } }), { kind: 'waiting', why: 'ContainerCreating' }],
    ['running', pod('Running', { running: {} }), { kind: 'running' }],
    ['done', pod('Succeeded', { terminated: { exitCode: 0, reason: 'Completed' } }), { kind: 'succeeded' }],
    ['without room', pod('Pending', {}, condition('PodScheduled', 'False', { reason: 'Unschedulable', message: '0/1 nodes are available: 1 Insufficient cpu.' })), { kind: 'stuck', patience: 'node', why: '0/1 nodes are available: 1 Insufficient cpu.' }],
    ['without image', pod('Pending', { waiting: { reason: 'ErrImagePull', message: 'not found' } }), { kind: 'stuck', patience: 'image', why: 'image team/cells:1: ErrImagePull, not found' }],
    ['without a secret', pod('Pending', { waiting: { reason: 'CreateContainerConfigError', message: 'secret "s3" not found' } }), { kind: 'stuck', patience: 'image', why: 'image team/cells:1: CreateContainerConfigError, secret "s3" not found' }],
    ['out of memory', pod('Failed', { terminated: { exitCode: 137, reason: 'OOMKilled' } }), { kind: 'died', cause: 'memory', code: 137, why: 'it needed more memory than its limit of 64Mi' }],
    ['killed, which is not memory', pod('Failed', { terminated: { exitCode: 137, reason: 'Error' } }), { kind: 'died', cause: 'signal', code: 9, why: 'its pod ended with signal 9' }],
    ['ended by itself', pod('Failed', { terminated: { exitCode: 3, reason: 'Error', message: 'boom\n' } }), { kind: 'died', cause: 'exit', code: 3, why: 'its pod ended with exit code 3: boom' }],
    ['evicted by the API', pod('Failed', { terminated: { exitCode: 143, reason: 'Error' } }, condition('DisruptionTarget', 'True', { reason: 'EvictionByEvictionAPI', message: 'evicting' })), { kind: 'lost', why: 'evicting' }],
    ['evicted by its node', pod('Failed', {}, { reason: 'Evicted', message: 'The node was low on resource: memory.' }), { kind: 'lost', why: 'The node was low on resource: memory.' }],
    ['out of memory while being evicted: the cluster\'s doing', pod('Failed', { terminated: { exitCode: 137, reason: 'OOMKilled' } }, condition('DisruptionTarget', 'True', { reason: 'PreemptionByScheduler' })), { kind: 'lost', why: 'PreemptionByScheduler' }],
    ['without Python', pod('Failed', { terminated: { exitCode: 128, reason: 'StartError', message: 'exec: "python3": not found' } }), { kind: 'unusable', why: 'the image cannot start Python: exec: "python3": not found' }],
    ['of an image for another processor', pod('Failed', { terminated: { exitCode: 1, reason: 'Error', message: 'exec /usr/bin/python3: exec format error\n' } }), { kind: 'unusable', why: 'image team/cells:1 is for another processor than its node\'s: exec /usr/bin/python3: exec format error' }],
    ['alone: its engine was gone', pod('Failed', { terminated: { exitCode: 75, reason: 'Error' } }), { kind: 'lost', why: 'it had waited for this engine and heard nothing of it' }],
    ['without its code', pod('Failed', { terminated: { exitCode: 68, reason: 'Error', message: 'noise\nthe store cannot be reached from the pod: x\n' } }), { kind: 'unusable', why: 'the store cannot be reached from the pod: x' }],
  ])('%s', (_, given, state) => {
    expect(classify(given)).toEqual(state);
  });
});

describe('of a wave', () => {
  it('those have ended that its Job counts as completed or failed', () => {
    const status = { completedIndexes: '0,3-5', failedIndexes: '7' };
    expect(Array.from({ length: 12 }, (_, at) => at).filter((at) => hasEnded({ status }, at))).toEqual([0, 3, 4, 5, 7]);
    expect([hasEnded({}, 0), hasEnded({ status: { completedIndexes: '' } }, 0)]).toEqual([false, false]);
  });
});
