// AWS Batch as its documentation describes it, in one process: jobs are real processes of this machine. Knows nothing of the executor it is used by.
// Every request is held against Amazon's own model of it when the simulator ends.

import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import type net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { findModelProblems } from './aws.ts';

interface Definition {
  readonly jobDefinitionName: string;
  readonly retryStrategy?: { readonly attempts: number; readonly evaluateOnExit?: readonly { onStatusReason?: string; onReason?: string; onExitCode?: string; action: string }[] };
  readonly containerProperties: { image: string; command: string[]; environment?: Pair[]; jobRoleArn?: string; resourceRequirements: { type: string; value: string }[] };
}

interface Pair {
  readonly name: string;
  readonly value: string;
}

interface Job {
  readonly jobId: string;
  readonly jobName: string;
  readonly definition: Definition;
  readonly environment: readonly Pair[];
  readonly submitted: number;
  /** Its place in an array job. */
  readonly index: number | null;
  status: 'SUBMITTED' | 'RUNNABLE' | 'STARTING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  statusReason?: string;
  container: { exitCode?: number; reason?: string; logStreamName?: string };
  readonly attempts: { container: Job['container']; statusReason: string }[];
  process?: ChildProcess;
  folder?: string;
  ending?: string;
}

/** Has no process of its own: its children are jobs, named `ID:INDEX`. */
interface ArrayJob {
  readonly jobId: string;
  readonly jobName: string;
  readonly submitted: number;
  readonly children: readonly Job[];
}

export interface SimulatorOptions {
  /** What jobs with a role find in their environment: on AWS the role's endpoint gives it. */
  readonly role: Readonly<Record<string, string>>;
  /** Programs that an image has. */
  readonly programs: Readonly<Record<string, string>>;
}

/** Descriptions lag behind submissions. */
const INVISIBLE_MS = 300;
const STEP_MS = 100;
/** Between SIGTERM and SIGKILL, as ECS does by default. */
const GRACE_MS = 30_000;
const OVERRIDES_BYTES = 8_192;
const isArraySize = (size: number) => size >= 2 && size <= 10_000;

export class BatchSimulator {
  readonly #options: SimulatorOptions;
  readonly #server: http.Server;
  readonly #definitions = new Map<string, Definition>();
  /** By service. */
  readonly #sent = { batch: [] as [operation: string, body: unknown][], logs: [] as [operation: string, body: unknown][] };
  /** By stream, as CloudWatch has them. */
  readonly #logs = new Map<string, string>();
  readonly jobs = new Map<string, Job>();
  readonly arrays = new Map<string, ArrayJob>();
  /** What a test makes of the world. */
  readonly world = { queue: { state: 'ENABLED', status: 'VALID' }, type: 'EC2', throttled: 0, /** Submissions that are carried out and not answered. */ lost: 0, /** Nobody is answered. */ gone: false, /** Why definitions are. */ rejected: null as string | null, stuck: null as string | null, requests: [] as string[] };

  private constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: SimulatorOptions): Promise<BatchSimulator> {
    const simulator = new BatchSimulator(options);
    await new Promise<void>((resolve) => simulator.#server.listen(0, '127.0.0.1', resolve));
    return simulator;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as net.AddressInfo).port}`;
  }

  /** Rejects when a request was one that Amazon's model does not know. */
  async end(): Promise<void> {
    for (const job of this.jobs.values()) this.#kill(job, 'SIGKILL');
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    for (const [service, sent] of Object.entries(this.#sent)) {
      const problems = sent.length === 0 ? '' : await findModelProblems(service, sent);
      if (problems !== '') throw new Error(problems);
    }
  }

  /** All jobs, when they are over: a run ends with a job's last word, its process a moment later. */
  async settle(): Promise<Job[]> {
    const jobs = [...this.jobs.values()];
    while (jobs.some(({ status }) => status !== 'SUCCEEDED' && status !== 'FAILED')) await sleep(STEP_MS);
    return jobs;
  }

  /** The machine under a running job is taken back. */
  takeHost(job: Job): void {
    job.ending = 'Host EC2 (instance i-0123456789abcdef0) terminated.';
    this.#kill(job, 'SIGKILL');
  }

  // ---------------------------------------------------------------- requests

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (this.world.gone) {
      request.socket.destroy();
      return;
    }
    const [service, action] = nameRequest(request);
    this.world.requests.push(action);
    const body = (await json(request)) as Record<string, unknown>;
    this.#sent[service].push([action, body]);
    const answer = this.#answer(action, body);
    if (action === 'submitjob' && this.world.lost > 0) {
      this.world.lost -= 1;
      request.socket.destroy();
      return;
    }
    const refused = 'refused' in answer;
    response.writeHead(refused ? Number(answer['status'] ?? 400) : 200, { 'content-type': 'application/json', ...(refused ? { 'x-amzn-errortype': String(answer['refused']) } : {}) });
    response.end(JSON.stringify(answer));
  }

  #answer(action: string, body: Record<string, unknown>): Record<string, unknown> {
    if (action === 'submitjob' && this.world.throttled > 0) {
      this.world.throttled -= 1;
      return { refused: 'TooManyRequestsException', status: 429, message: 'Too Many Requests' };
    }
    const names = (key: string) => (body[key] ?? []) as string[];
    switch (action) {
      case 'describejobqueues':
        return { jobQueues: names('jobQueues').filter((name) => name === 'flows').map((jobQueueName) => ({ jobQueueName, ...this.world.queue, computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'ce' }] })) };
      case 'describecomputeenvironments':
        return { computeEnvironments: [{ computeEnvironmentName: 'ce', computeResources: { type: this.world.type } }] };
      case 'describejobdefinitions':
        return { jobDefinitions: [...this.#definitions.values()].filter((each) => each.jobDefinitionName === body['jobDefinitionName']) };
      case 'registerjobdefinition':
        if (this.world.rejected !== null) return { refused: 'ClientException', message: this.world.rejected };
        this.#definitions.set(String(body['jobDefinitionName']), body as unknown as Definition);
        return { jobDefinitionName: body['jobDefinitionName'], jobDefinitionArn: 'arn', revision: 1 };
      case 'submitjob':
        return this.#submit(body);
      case 'describejobs':
        return names('jobs').length > 100 ? { refused: 'ClientException', message: 'more than 100 jobs' } : { jobs: names('jobs').flatMap((id) => this.#describe(id)) };
      case 'listjobs':
        return this.#list(body);
      case 'getlogevents':
        return { events: (this.#logs.get(String(body['logStreamName'])) ?? '').split('\n').slice(-Number(body['limit'])).map((message) => ({ timestamp: 0, message })) };
      case 'terminatejob':
        this.#terminate(String(body['jobId']), String(body['reason']));
        return {};
      default:
        return { refused: 'ClientException', message: `no action ${action}` };
    }
  }

  #submit(body: Record<string, unknown>): Record<string, unknown> {
    const definition = this.#definitions.get(String(body['jobDefinition']));
    const overrides = body['containerOverrides'] as { environment?: Pair[] } | undefined;
    const name = String(body['jobName']);
    if (definition === undefined) return { refused: 'ClientException', message: `Job definition ${String(body['jobDefinition'])} not found` };
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(name)) return { refused: 'ClientException', message: `Job name ${name} is invalid` };
    if (JSON.stringify(overrides ?? {}).length > OVERRIDES_BYTES) return { refused: 'ClientException', message: 'Container Overrides length must be at most 8192' };
    const size = (body['arrayProperties'] as { size?: number } | undefined)?.size;
    if (!isArraySize(size ?? 2)) return { refused: 'ClientException', message: 'Array size must be between 2 and 10000' };
    const make = (jobId: string, index: number | null): Job => {
      const job: Job = { jobId, index, jobName: name, definition, environment: overrides?.environment ?? [], submitted: Date.now(), status: 'SUBMITTED', container: {}, attempts: [] };
      this.jobs.set(jobId, job);
      this.#place(job);
      return job;
    };
    const jobId = randomUUID();
    if (size === undefined) make(jobId, null);
    else this.arrays.set(jobId, { jobId, jobName: name, submitted: Date.now(), children: Array.from({ length: size }, (_, at) => make(`${jobId}:${at}`, at)) });
    return { jobId, jobName: name };
  }

  #describe(id: string): object[] {
    const found = this.jobs.get(id) ?? this.arrays.get(id);
    if (found === undefined || Date.now() < found.submitted + INVISIBLE_MS) return [];
    const { jobId, jobName } = found;
    if ('children' in found) return [{ jobId, jobName, status: statusOf(found), jobQueue: 'flows', arrayProperties: { size: found.children.length } }];
    const { status, statusReason, container, attempts, index } = found;
    return [{ jobId, jobName, status, statusReason, container, attempts, jobQueue: 'flows', ...(index === null ? {} : { arrayProperties: { index } }) }];
  }

  /** Children are listed only for whoever asks for those of one array. */
  #list(body: Record<string, unknown>): Record<string, unknown> {
    const [filter] = (body['filters'] ?? []) as { name: string; values: string[] }[];
    const array = this.arrays.get(String(body['arrayJobId']));
    const listed = array?.children ?? [...this.arrays.values(), ...[...this.jobs.values()].filter(({ index }) => index === null)];
    return { jobSummaryList: listed.filter((job) => filter?.values.includes(job.jobName) ?? true).map(({ jobId, jobName }) => ({ jobId, jobName })) };
  }

  // ---------------------------------------------------------------- jobs

  #place(job: Job): void {
    job.status = 'RUNNABLE';
    const timer = setInterval(() => {
      if (job.status !== 'RUNNABLE') clearInterval(timer);
      else if (this.world.stuck !== null) job.statusReason = this.world.stuck;
      else {
        clearInterval(timer);
        this.#start(job);
      }
    }, STEP_MS);
  }

  #start(job: Job): void {
    job.status = 'STARTING';
    delete job.statusReason;
    const { image, command, environment = [], jobRoleArn } = job.definition.containerProperties;
    const [program = '', ...args] = command;
    if (image.includes('missing')) {
      this.#finish(job, { reason: `CannotPullContainerError: pull image manifest has been retried 1 time(s): ${image} not found` });
      return;
    }
    job.folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-job-'));
    const env = {
      PATH: '/usr/bin:/bin', HOME: job.folder, TMPDIR: job.folder, ...(jobRoleArn === undefined ? {} : this.#options.role),
      ...Object.fromEntries([...environment, ...job.environment].map(({ name, value }) => [name, value])),
      AWS_BATCH_JOB_ID: job.jobId, AWS_BATCH_JQ_NAME: 'flows', AWS_BATCH_CE_NAME: 'ce', AWS_BATCH_JOB_ATTEMPT: String(job.attempts.length + 1),
      ...(job.index === null ? {} : { AWS_BATCH_JOB_ARRAY_INDEX: String(job.index) }),
    };
    job.process = spawn(this.#options.programs[program] ?? program, args, { cwd: job.folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const stream = `headwater/default/${randomUUID()}`;
    job.container.logStreamName = stream;
    for (const output of [job.process.stdout, job.process.stderr]) output?.setEncoding('utf8').on('data', (text: string) => this.#logs.set(stream, (this.#logs.get(stream) ?? '') + text));
    job.status = 'RUNNING';
    job.process.once('error', (error) => this.#finish(job, { reason: `CannotStartContainerError: ${error.message}` }));
    job.process.once('exit', (code, signal) => this.#finish(job, { exitCode: code ?? 128 + (os.constants.signals[signal ?? 'SIGKILL']) }));
    this.#watchMemory(job);
  }

  /** A container's memory is that of all its processes. */
  #watchMemory(job: Job): void {
    const limit = Number(job.definition.containerProperties.resourceRequirements.find(({ type }) => type === 'MEMORY')?.value ?? 0) * 2 ** 20;
    const timer = setInterval(() => {
      if (job.process?.exitCode !== null || job.process.signalCode !== null) clearInterval(timer);
      else if (familyOf(job.process.pid ?? 0).reduce((sum, pid) => sum + residentBytes(pid), 0) > limit) {
        job.container.reason = 'OutOfMemoryError: Container killed due to memory usage';
        this.#kill(job, 'SIGKILL');
      }
    }, STEP_MS);
  }

  #finish(job: Job, container: Job['container']): void {
    if (job.status === 'SUCCEEDED' || job.status === 'FAILED') return;
    this.#clearAway(job);
    job.container = { ...job.container, ...container };
    const statusReason = job.ending ?? 'Essential container in task exited';
    delete job.ending;
    job.attempts.push({ container: job.container, statusReason });
    if (this.#mayTryAgain(job, statusReason)) {
      job.container = {};
      this.#place(job);
      return;
    }
    job.status = container.exitCode === 0 ? 'SUCCEEDED' : 'FAILED';
    job.statusReason = statusReason;
  }

  #clearAway(job: Job): void {
    for (const pid of familyOf(job.process?.pid ?? 0)) tryKill(pid, 'SIGKILL');
    if (job.folder !== undefined) rmSync(job.folder, { recursive: true, force: true });
  }

  #mayTryAgain(job: Job, statusReason: string): boolean {
    const { attempts = 1, evaluateOnExit } = job.definition.retryStrategy ?? {};
    if (job.container.exitCode === 0 || job.attempts.length >= attempts || statusReason.includes('stopped')) return false;
    const rule = (evaluateOnExit ?? []).find((each) => matches(each.onStatusReason, statusReason) && matches(each.onReason, job.container.reason ?? '') && matches(each.onExitCode, String(job.container.exitCode ?? '')));
    return rule === undefined ? true : rule.action === 'RETRY';
  }

  #terminate(id: string, reason: string): void {
    for (const child of this.arrays.get(id)?.children ?? []) this.#terminate(child.jobId, reason);
    const job = this.jobs.get(id);
    if (job === undefined || job.status === 'SUCCEEDED' || job.status === 'FAILED') return;
    if (job.process === undefined) {
      job.status = 'FAILED';
      job.statusReason = reason;
      return;
    }
    job.ending = reason;
    tryKill(job.process.pid ?? 0, 'SIGTERM');
    setTimeout(() => this.#kill(job, 'SIGKILL'), GRACE_MS).unref();
  }

  #kill(job: Job, signal: NodeJS.Signals): void {
    if (job.process?.exitCode !== null || job.process.signalCode !== null) return;
    for (const pid of familyOf(job.process.pid ?? 0)) tryKill(pid, signal);
  }
}

/** Batch names the operation in the path, CloudWatch in a header. */
function nameRequest({ url = '', headers }: http.IncomingMessage): ['batch' | 'logs', string] {
  const target = String(headers['x-amz-target'] ?? '').split('.');
  return target[0] === 'Logs_20140328' ? ['logs', (target[1] ?? '').toLowerCase()] : ['batch', url.replace('/v1/', '')];
}

/** Of an array: what its children come to. */
function statusOf({ children }: ArrayJob): string {
  if (children.some(({ status }) => status !== 'SUCCEEDED' && status !== 'FAILED')) return 'PENDING';
  return children.every(({ status }) => status === 'SUCCEEDED') ? 'SUCCEEDED' : 'FAILED';
}

const matches = (glob: string | undefined, text: string) => glob === undefined || (glob.endsWith('*') ? text.startsWith(glob.slice(0, -1)) : text === glob);

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}

/** The process and all below it, whatever sessions they made. */
function familyOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readText(`/proc/${name}/stat`) : '';
    if (stat !== '') parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const found = parents.has(root) ? [root] : [];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

const PAGE_BYTES = 4_096;
/** Shared pages are counted once for a control group; forks share most of theirs, so private ones are what tells. */
function residentBytes(pid: number): number {
  const [, resident = '0', shared = '0'] = readText(`/proc/${pid}/statm`).split(' ');
  return (Number(resident) - Number(shared)) * PAGE_BYTES;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
