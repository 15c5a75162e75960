// Steps in a container of this machine, by docker or podman: the folders of the run are where they are outside.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '@headwater/protocol';
import { environmentId } from './build.ts';
import { findTool } from './find-tool.ts';
import { findBefore, type Provided, type Providing } from './provided.ts';
import { askVersion } from './python-version.ts';
import type { Wanted } from './want.ts';

const run = promisify(execFile);

export async function provideImage({ reference, why }: Extract<Wanted, { kind: 'image' }>, options: Providing): Promise<Provided> {
  const { env, steps, who } = options;
  const tool = await findContainers(env);
  if (tool === null) throw new UserError('no-containers', `${who} asks for ${why}, and neither docker nor podman works here.`, 'Start one of them, or name packages instead: `pip:NAME`.');
  const before = findBefore(options);
  const { id, found } = await findImage(tool, before?.lock.trim() ?? reference, options);
  const start = [tool, 'run', '--rm', '--interactive', '--init', ...userOf(tool), ...mountsOf(options), '--workdir', options.folder] as const;
  const version = await askVersion([tool, 'run', '--rm', found, 'python3'], env);
  if (version === null) throw new UserError('no-python', `The image ${reference} of ${who} has no \`python3\` that works.`, 'Take one that has Python 3.9 or newer, such as python:3.12-slim.');
  return {
    record: { id: environmentId(id, version), steps, why, python: version, asked: reference, packages: {} },
    lock: id, python: `python3 of ${reference}`,
    command: [...start, ...variablesOf(options), found, 'python3'],
    env,
  };
}

/** One that is there and answers: a client without its service is of no use. */
export async function findContainers(env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const tool of [findTool('docker', env), findTool('podman', env)]) {
    if (tool !== null && await run(tool, ['info'], { env }).then(() => true, () => false)) return tool;
  }
  return null;
}

async function findImage(tool: string, reference: string, { env, who, tell }: Providing): Promise<{ id: string; found: string }> {
  const inspect = async () => (await run(tool, ['image', 'inspect', '--format', '{{.Id}}', reference], { env })).stdout.trim();
  try {
    return { id: await inspect(), found: reference };
  } catch {
    tell(`fetching the image of ${who}: ${reference}`);
  }
  try {
    await run(tool, ['pull', '--quiet', reference], { env });
    return { id: await inspect(), found: reference };
  } catch (error) {
    throw new UserError('no-environment', `The image ${reference} of ${who} cannot be had: ${lastLine(error)}.`, null);
  }
}

function lastLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return said.trim().split('\n').at(-1) ?? '';
}

/** What it writes is this user's; podman without root maps the user by itself. */
function userOf(tool: string): string[] {
  return path.basename(tool) === 'docker' && process.getuid !== undefined && process.getgid !== undefined ? ['--user', `${process.getuid()}:${process.getgid()}`] : [];
}

function mountsOf({ folder, folders }: Providing): string[] {
  const all = [...new Set([folder, ...folders])];
  return all.filter((each) => !all.some((other) => other !== each && each.startsWith(`${other}${path.sep}`))).flatMap((each) => ['--volume', `${each}:${each}`]);
}

/** By name: values stand in no list of processes. */
function variablesOf({ flow, variables }: Providing): string[] {
  return [...variables, ...flow.steps.flatMap(({ asks }) => asks.secrets)].flatMap((name) => ['--env', name]);
}
