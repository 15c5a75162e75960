// The Job of one process of a run, or of a wave of them. Pure: the same process gives the same name and the same text, so that applying it twice makes one.

import { createHash } from 'node:crypto';
import type { V1Job, V1ObjectMeta, V1PodSpec, V1PodTemplateSpec } from '@kubernetes/client-node';
import type { RemoteProcess, RemoteWave } from '../remote/backend.ts';
import { idOf, titleOf, tryOf } from '../remote/names.ts';
import { GRACE_SECONDS } from '../remote/remote-executor.ts';
import { layOver } from './pod-template.ts';
import type { Profile } from './profile.ts';

export interface Image {
  /** Text of the first lines that run in the pod. */
  readonly bootstrap: string;
  readonly profile: Profile;
}

type Process = (RemoteProcess | RemoteWave) & Image;

/** A Job's name becomes a label of its pods: 63 characters, of which the pod's own ending, or its number in a wave, takes six. */
const NAME_CHARS = 57;
const DIGEST_CHARS = 8;
/** Finished Jobs stay this long for whoever looks with kubectl; what matters of them is in the store. */
const KEEP_SECONDS = 3_600;
export const RUN_LABEL = 'headwater.dev/run';
export const PROCESS_LABEL = 'headwater.dev/process';
export const TRY_LABEL = 'headwater.dev/try';
/** The attempt a process began with, or the key of its wave: labels cannot hold every name. */
export const PROCESS_NOTE = 'headwater.dev/process';
/** Kubernetes' own. */
export const INDEX_LABEL = 'batch.kubernetes.io/job-completion-index';
const CONTAINER = 'step';
/** Variables that tell the worker what it is to do. */
const OURS = new Set(['PYTHONHASHSEED', 'HEADWATER_START']);

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, DIGEST_CHARS);
const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');

/** Of a run in a store: two stores may both hold a `churn/1`. */
export const runLabel = (store: string, prefix: string) => digest(`${store}\n${prefix}`);
export const processLabel = (process: string) => digest(process);

export function jobName({ flow, run, start }: Pick<RemoteProcess | RemoteWave, 'flow' | 'run' | 'start'>): string {
  const end = `-${digest(JSON.stringify([start.store, start.prefix, idOf(start), tryOf(start)]))}`;
  const [title = ''] = titleOf(start).split('.');
  const begin = plain(`hw-${plain(flow).slice(-16)}-${run}-${plain(title)}`).slice(0, NAME_CHARS - end.length).replace(/-+$/, '');
  return begin + end;
}

export function makeJob(process: Process): V1Job {
  const { profile, start } = process;
  const labels = {
    ...profile.labels,
    'app.kubernetes.io/managed-by': 'headwater',
    [RUN_LABEL]: runLabel(start.store, start.prefix), [PROCESS_LABEL]: processLabel(idOf(start)), [TRY_LABEL]: String(tryOf(start)),
  };
  const annotations = { ...profile.annotations, [PROCESS_NOTE]: idOf(start), 'headwater.dev/task': `${process.flow}/${process.run}/${titleOf(start)}`, 'headwater.dev/store': start.store.split('?')[0] ?? '' };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(process), namespace: profile.namespace, annotations,
      labels: { ...labels, ...(profile.queue === null ? {} : { 'kueue.x-k8s.io/queue-name': profile.queue }) },
    },
    spec: {
      // Trying again is the engine's decision: it knows whose fault it was.
      ...('processes' in process ? ofMany(process.processes.length) : { backoffLimit: 0 }),
      ttlSecondsAfterFinished: KEEP_SECONDS,
      ...(profile.queue === null ? {} : { suspend: true }),
      template: makeTemplate(process, { labels, annotations }),
    },
  };
}

/** All at once, for they were issued as there was room; each ends by itself. */
const ofMany = (size: number) => ({ completionMode: 'Indexed', completions: size, parallelism: size, backoffLimitPerIndex: 0 });

/** As the step's tags ask, else as the profile says. */
function resourcesOf({ profile, asks: { cpus, memoryBytes, gpus, diskBytes, limits } }: Process): Record<string, string> {
  return {
    cpu: cpus === null ? profile.cpu : String(cpus),
    memory: memoryBytes === null ? profile.memory : String(memoryBytes),
    ...profile.resources,
    ...(gpus === null ? {} : { 'nvidia.com/gpu': String(gpus) }),
    ...(diskBytes === null ? {} : { 'ephemeral-storage': String(diskBytes) }),
    ...limits,
  };
}

/** The project's own words count, but for what makes a pod a process of its run. */
function makeTemplate(process: Process, metadata: V1ObjectMeta): V1PodTemplateSpec {
  const own = { metadata, spec: makePod(process) };
  const [{ command, env = [] } = { command: [] }] = own.spec.containers;
  const started = { name: CONTAINER, command, env: env.filter(({ name }) => OURS.has(name)) };
  return layOver(layOver(own, process.profile.template), { metadata, spec: { restartPolicy: 'Never', containers: [started] } });
}

function makePod(process: Process): V1PodSpec {
  const { profile, start, hashSeed, bootstrap } = process;
  const limits = resourcesOf(process);
  return {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: GRACE_SECONDS,
    enableServiceLinks: false,
    // Cells have no business with the cluster; a role of the cloud comes by its own projected token.
    automountServiceAccountToken: false,
    ...(profile.serviceAccount === null ? {} : { serviceAccountName: profile.serviceAccount }),
    ...(profile.imagePullSecrets.length === 0 ? {} : { imagePullSecrets: profile.imagePullSecrets.map((name) => ({ name })) }),
    ...(profile.priorityClass === null ? {} : { priorityClassName: profile.priorityClass }),
    ...(profile.runtimeClass === null ? {} : { runtimeClassName: profile.runtimeClass }),
    ...(profile.affinity === null ? {} : { affinity: profile.affinity }),
    nodeSelector: profile.nodeSelector,
    tolerations: profile.tolerations,
    securityContext: { runAsNonRoot: true, runAsUser: profile.user, runAsGroup: profile.user, fsGroup: profile.user, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{
      name: CONTAINER,
      image: profile.image,
      imagePullPolicy: profile.imagePullPolicy,
      command: [profile.python, '-c', bootstrap],
      workingDir: '/tmp',
      env: [
        ...Object.entries({ HOME: '/tmp', ...profile.env }).map(([name, value]) => ({ name, value })),
        { name: 'PYTHONHASHSEED', value: String(hashSeed) },
        { name: 'HEADWATER_START', value: JSON.stringify(start) },
      ],
      envFrom: profile.envFromSecrets.map((name) => ({ secretRef: { name } })),
      // A limit of memory that is no request would let the node run out instead of the step.
      resources: { limits: { ...limits }, requests: limits },
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      terminationMessagePolicy: 'FallbackToLogsOnError',
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, { name: 'shm', mountPath: '/dev/shm' }, ...profile.volumeMounts as { name: string; mountPath: string }[]],
    }],
    volumes: [{ name: 'tmp', emptyDir: {} }, { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: profile.sharedMemory } }, ...profile.volumes as { name: string }[]],
  };
}
