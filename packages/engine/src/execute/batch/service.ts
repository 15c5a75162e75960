// AWS Batch as an executor uses it: few requests, under the account's limits, errors as sentences.

import {
  BatchClient, BatchServiceException, DescribeComputeEnvironmentsCommand, DescribeJobDefinitionsCommand, DescribeJobQueuesCommand, DescribeJobsCommand, ListJobsCommand,
  RegisterJobDefinitionCommand, SubmitJobCommand, TerminateJobCommand, type JobDetail,
} from '@aws-sdk/client-batch';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { UserError } from '@headwater/protocol';
import type { RemoteProcess, RemoteWave } from '../remote/backend.ts';
import { makeDefinition, makeJob, jobName, type DefinitionSource, type Named } from './job.ts';
import type { BatchProfile } from './profile.ts';
import type { Platform } from './rules.ts';

/** The account may submit 50 jobs a second, whoever in it does. */
const SUBMIT_MS = 40;
/** Most ids of one DescribeJobs. */
const AT_ONCE = 100;
const REQUEST_MS = 15_000;
const ATTEMPTS = 8;
/** Between two submissions of one job, doubling. */
const AGAIN_MS = 200;
const LONGEST_AGAIN_MS = 5_000;
const HINT = '`headwater doctor --on batch` checks the way there.';

export class BatchService {
  readonly #profile: BatchProfile;
  readonly #client: BatchClient;
  /** Asks once: a submission that is repeated blindly makes two jobs. */
  readonly #submitter: BatchClient;
  /** How often it has answered. */
  answers = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #definition: Promise<string> | null = null;

  constructor(profile: BatchProfile) {
    this.#profile = profile;
    const place = {
      ...(profile.region === null ? {} : { region: profile.region }),
      ...(profile.endpoint === null ? {} : { endpoint: profile.endpoint }),
      requestHandler: new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true }),
    };
    this.#client = new BatchClient({ ...place, retryMode: 'adaptive', maxAttempts: ATTEMPTS });
    this.#submitter = new BatchClient({ ...place, maxAttempts: 1 });
  }

  /** What the queue's machines are. Throws UserError for one that is not there or takes nothing. */
  async readPlatform(): Promise<Platform> {
    const { queue } = this.#profile;
    const { jobQueues = [] } = await this.#call(() => this.#client.send(new DescribeJobQueuesCommand({ jobQueues: [queue] })));
    const [found] = jobQueues;
    if (found === undefined) throw new UserError('batch-no-queue', `AWS Batch has no job queue ${queue} in this account and region.`, HINT);
    if (found.state !== 'ENABLED' || found.status !== 'VALID') throw new UserError('batch-queue-closed', `Job queue ${queue} takes no jobs: it is ${found.state ?? ''}, ${found.status ?? ''}.`, HINT);
    const names = (found.computeEnvironmentOrder ?? []).map(({ computeEnvironment = '' }) => computeEnvironment);
    const { computeEnvironments = [] } = await this.#call(() => this.#client.send(new DescribeComputeEnvironmentsCommand({ computeEnvironments: names })));
    return computeEnvironments.some((each) => each.computeResources?.type?.startsWith('FARGATE')) ? 'FARGATE' : 'EC2';
  }

  /** Registers the definition unless the same is there; -> its name. */
  define(source: DefinitionSource): Promise<string> {
    this.#definition ??= this.#define(source);
    return this.#definition;
  }

  async #define(source: DefinitionSource): Promise<string> {
    const definition = makeDefinition(source);
    const { jobDefinitionName } = definition;
    const { jobDefinitions = [] } = await this.#call(() => this.#client.send(new DescribeJobDefinitionsCommand({ jobDefinitionName, status: 'ACTIVE' })));
    if (jobDefinitions.length === 0) await this.#call(() => this.#client.send(new RegisterJobDefinitionCommand(definition)));
    return jobDefinitionName;
  }

  /** One job after the other; -> its id. */
  submit(process: RemoteProcess | RemoteWave, definition: string): Promise<string> {
    const submitted = this.#turn.catch(() => undefined).then(() => this.#submit(process, definition));
    this.#turn = submitted.then(() => sleep(SUBMIT_MS));
    this.#turn.catch(() => undefined);
    return submitted;
  }

  /** A submission whose answer was lost may have been carried out: the job of that name is looked for before it is asked for again. */
  async #submit(process: RemoteProcess | RemoteWave, definition: string): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      try {
        const { jobId = '' } = await this.#submitter.send(new SubmitJobCommand(makeJob(process, definition, this.#profile)));
        return jobId;
      } catch (error) {
        if (tries === ATTEMPTS || !mayPass(error)) throw explain(error);
        await sleep(Math.min(LONGEST_AGAIN_MS, AGAIN_MS * 2 ** tries) * (0.5 + Math.random() / 2));
        const [known] = await this.find(process);
        if (known !== undefined) return known;
      }
    }
  }

  /** What became of jobs; one that was submitted a moment ago may be missing. */
  async describe(ids: readonly string[]): Promise<JobDetail[]> {
    const found: JobDetail[] = [];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const { jobs = [] } = await this.#call(() => this.#client.send(new DescribeJobsCommand({ jobs: ids.slice(at, at + AT_ONCE) })));
      found.push(...jobs);
    }
    return found;
  }

  /** Jobs of this name that were submitted by whoever. */
  async find(process: Named): Promise<string[]> {
    const filters = [{ name: 'JOB_NAME', values: [jobName(process)] }];
    const { jobSummaryList = [] } = await this.#call(() => this.#client.send(new ListJobsCommand({ jobQueue: this.#profile.queue, filters })));
    return jobSummaryList.map(({ jobId = '' }) => jobId);
  }

  async end(id: string, reason: string): Promise<void> {
    await this.#call(() => this.#client.send(new TerminateJobCommand({ jobId: id, reason })));
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    try {
      const answer = await work();
      this.answers += 1;
      return answer;
    } catch (error) {
      throw explain(error);
    }
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** No answer at all, one that asks for patience, or one of a server in trouble. */
function mayPass(error: unknown): boolean {
  const status = error instanceof BatchServiceException ? error.$metadata.httpStatusCode ?? 0 : 0;
  const isCredentials = error instanceof Error && /Credential|Token/.test(error.name);
  return !isCredentials && (status === 0 || status === 429 || status >= 500);
}

function explain(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.name === 'ClientException') return new UserError('batch-refused', `AWS Batch refuses: ${error.message}`, 'See the `batch` part of headwater.json.');
  if (error.name === 'AccessDeniedException') return new UserError('batch-forbidden', `AWS Batch may not be used with these credentials: ${error.message}`, HINT);
  if (error.name.includes('Credential') || error.name.includes('Token')) return new UserError('batch-credentials', `AWS Batch cannot be asked: ${error.message}`, HINT);
  return new UserError('batch-unreachable', `AWS Batch does not answer: ${error.message || error.name}`, HINT);
}
