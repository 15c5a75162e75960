import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { NO_ASKS, type RemoteStart } from '@headwater/protocol';
import type { RemoteProcess } from '../remote/backend.ts';
import { jobName, makeJob, type Image } from './job-spec.ts';
import { ProfileSchema } from './profile.ts';

const process = (part: Partial<RemoteStart> = {}, profile: Record<string, unknown> = {}, flow = 'churn'): RemoteProcess & Image => ({
  asks: NO_ASKS, wave: null, flow, run: 42, hashSeed: 7, bootstrap: 'print(1)', profile: v.parse(ProfileSchema, { image: 'team/cells:1', ...profile }),
  start: { packages: [], store: 's3://team/flows', prefix: 'flows/churn/runs/00000042', aloneSeconds: 60, wire: 'w', process: 'train.0', try: 0, ...part },
});

describe('the Job of a process', () => {
  it('has one name, whoever asks and whenever', () => {
    expect(jobName(process())).toBe(jobName(process()));
    expect(jobName(process())).toMatch(/^hw-churn-42-train-[0-9a-f]{8}$/);
  });

  it('is another for another try, run or store', () => {
    const names = [process(), process({ try: 1 }), process({ prefix: 'flows/churn/runs/00000043' }), process({ store: 's3://other' }), process({ process: 'train.1' })].map(jobName);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(['train_the_very_long_named_model_of_a_step_that_never_ends_really.0', 'größe_1.0', '次.0', '---.0'])('%s gives a name that the cluster takes', (step) => {
    const name = jobName(process({ process: step }, {}, 'A Folder/größe & Co'));
    expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    expect(name.length).toBeLessThanOrEqual(57);
  });

  it('asks for what the tags of the step say, before what the profile says', () => {
    const asks = { ...NO_ASKS, cpus: 0.5, memoryBytes: 8e9, gpus: 2, diskBytes: 5e10, limits: { 'example.com/dongle': '1' } };
    const limits = { cpu: '0.5', memory: '8000000000', 'nvidia.com/gpu': '2', 'ephemeral-storage': '50000000000', 'example.com/dongle': '1' };
    expect(makeJob({ ...process({}, { memory: '4Gi' }), asks }).spec?.template.spec?.containers[0]?.resources).toEqual({ limits, requests: limits });
  });

  it('asks for what it limits, and runs with as little as it can', () => {
    const pod = makeJob(process({}, { memory: '4Gi', resources: { 'nvidia.com/gpu': '1' } })).spec?.template.spec;
    expect(pod).toMatchObject({
      restartPolicy: 'Never', automountServiceAccountToken: false, enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        command: ['python3', '-c', 'print(1)'],
        resources: { limits: { cpu: '1', memory: '4Gi', 'nvidia.com/gpu': '1' }, requests: { cpu: '1', memory: '4Gi', 'nvidia.com/gpu': '1' } },
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      }],
    });
  });

  it('is one for a wave, in which each pod ends by itself', () => {
    const start = { packages: [], store: 's3://team/flows', prefix: 'flows/churn/runs/00000042', aloneSeconds: 60, wave: 'flows/churn/runs/00000042/waves/train[0].0.json' };
    const job = makeJob({ ...process(), start, processes: Array.from({ length: 1_000 }, () => process()) });
    expect(job.metadata?.name).toMatch(/^hw-churn-42-train-[0-9a-f]{8}$/);
    expect(job.spec).toMatchObject({ completionMode: 'Indexed', completions: 1_000, parallelism: 1_000, backoffLimitPerIndex: 0 });
    // A limit for the whole would end all of them with the first that fails.
    expect(job.spec).not.toHaveProperty('backoffLimit');
    expect(job.spec?.template.spec?.containers[0]?.env).toContainEqual({ name: 'HEADWATER_START', value: JSON.stringify(start) });
  });

  it('has what the project\'s template adds or says otherwise, and stays a process of its run', () => {
    const template = {
      metadata: { labels: { team: 'cells', 'app.kubernetes.io/managed-by': 'somebody' } },
      spec: {
        dnsPolicy: 'None', restartPolicy: 'Always', tolerations: [{ key: 'spot' }], hostAliases: [{ ip: '10.0.0.9', hostnames: ['data'] }], initContainers: [{ name: 'proxy', image: 'team/proxy:1', restartPolicy: 'Always' }],
        securityContext: { fsGroup: 100 },
        containers: [{ name: 'step', command: ['sleep'], env: [{ name: 'MODE', value: 'x' }, { name: 'HEADWATER_START', value: '{}' }], securityContext: { readOnlyRootFilesystem: false }, volumeMounts: [{ name: 'big', mountPath: '/tmp' }] }],
        volumes: [{ name: 'big', emptyDir: {} }],
      },
    };
    const { metadata, spec } = makeJob(process({}, { template, tolerations: [{ key: 'gpu' }] })).spec!.template;
    expect(metadata?.labels).toMatchObject({ team: 'cells', 'app.kubernetes.io/managed-by': 'headwater' });
    expect(spec).toMatchObject({
      dnsPolicy: 'None', restartPolicy: 'Never', tolerations: [{ key: 'spot' }], hostAliases: [{ ip: '10.0.0.9' }], initContainers: [{ name: 'proxy' }],
      securityContext: { fsGroup: 100, runAsNonRoot: true }, volumes: [{ name: 'tmp' }, { name: 'shm' }, { name: 'big' }],
    });
    expect(spec?.containers).toHaveLength(1);
    expect(spec?.containers[0]).toMatchObject({
      image: 'team/cells:1', command: ['python3', '-c', 'print(1)'], securityContext: { readOnlyRootFilesystem: false, allowPrivilegeEscalation: false },
      env: [{ name: 'HOME' }, { name: 'PYTHONHASHSEED', value: '7' }, { name: 'HEADWATER_START', value: expect.stringContaining('train.0') as unknown }, { name: 'MODE', value: 'x' }],
      volumeMounts: [{ name: 'big', mountPath: '/tmp' }, { name: 'shm', mountPath: '/dev/shm' }],
    });
  });

  it('waits in a queue where there is one', () => {
    expect(makeJob(process({}, { queue: 'night' }))).toMatchObject({ metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'night' } }, spec: { suspend: true } });
  });

  it('holds nothing of the environment it was made in', () => {
    globalThis.process.env['HEADWATER_TEST_SECRET'] = 'do-not-tell';
    expect(JSON.stringify(makeJob(process()))).not.toContain('do-not-tell');
  });
});
