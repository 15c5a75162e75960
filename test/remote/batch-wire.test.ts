// AWS Batch as moto has it: a second opinion on the requests, by a server that neither we nor our simulator have a part in. It runs nothing.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMoto, type Moto } from '../helpers/aws.ts';
import { Project } from '../helpers/project.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';

interface Jobs {
  readonly jobSummaryList: readonly { jobId: string; jobName: string; status: string }[];
}
interface Details {
  readonly jobs: readonly { jobQueue: string; jobDefinition: string; container: { image: string; command: string[]; environment: { name: string; value: string }[] } }[];
}
interface Definitions {
  readonly jobDefinitions: readonly { jobDefinitionName: string; revision: number }[];
}

describe('aws batch, as moto understands it', () => {
  let server: S3Server;
  let moto: Moto;

  beforeAll(async () => {
    server = await startS3('versitygw');
    moto = await startMoto();
    const { Role } = moto.ask('iam', 'create_role', { RoleName: 'batch', AssumeRolePolicyDocument: '{}' }) as { Role: { Arn: string } };
    const { computeEnvironmentArn } = moto.ask('batch', 'create_compute_environment', { computeEnvironmentName: 'machines', type: 'UNMANAGED', state: 'ENABLED', serviceRole: Role.Arn }) as { computeEnvironmentArn: string };
    moto.ask('batch', 'create_job_queue', { jobQueueName: 'flows', state: 'ENABLED', priority: 1, computeEnvironmentOrder: [{ order: 1, computeEnvironment: computeEnvironmentArn }] });
  });
  afterAll(async () => {
    await moto.end();
    await server.end();
  });

  it('registers one definition, submits a job of it, and follows it to its end', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a on:batch', 'x = 1']]);
    project.write('headwater.json', JSON.stringify({ batch: { queue: 'flows', image: 'team/cells:1', region: 'us-east-1', endpoint: moto.endpoint } }));
    mkdirSync(project.path('.git'));
    Object.assign(project.env, CREDENTIALS, { HEADWATER_STORE: server.url('wire'), HEADWATER_CACHE: path.join(path.dirname(project.folder), 'cache') });
    // Its jobs are done without having run.
    for (const run of [1, 2]) expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain(`✗ a  its process ended without a result\n✗ nb/${run} failed`);

    const { jobSummaryList } = moto.ask('batch', 'list_jobs', { jobQueue: 'flows' }) as Jobs;
    expect(jobSummaryList.map(({ jobName, status }) => [/^hw-nb-\d-a/.exec(jobName)?.[0], status]).sort()).toEqual([['hw-nb-1-a', 'SUCCEEDED'], ['hw-nb-2-a', 'SUCCEEDED']]);
    const { jobDefinitions } = moto.ask('batch', 'describe_job_definitions', {}) as Definitions;
    expect(jobDefinitions).toMatchObject([{ revision: 1, retryStrategy: { attempts: 5 }, containerProperties: { resourceRequirements: [{ type: 'VCPU', value: '1' }, { type: 'MEMORY', value: '2048' }] } }]);
    const { jobs } = moto.ask('batch', 'describe_jobs', { jobs: jobSummaryList.map(({ jobId }) => jobId) }) as Details;
    for (const { jobQueue, jobDefinition, container } of jobs) {
      expect([jobQueue, jobDefinition]).toEqual([expect.stringMatching(/:job-queue\/flows$/), expect.stringContaining(`/${jobDefinitions[0]?.jobDefinitionName ?? ''}:1`)]);
      expect(container.command.slice(0, 2)).toEqual(['python3', '-c']);
      expect(container.environment.map(({ name }) => name)).toEqual(expect.arrayContaining(['PYTHONHASHSEED', 'HEADWATER_START']));
    }
  });
});
