// A conda environment that is there, by conda, mamba or micromamba: used as it is, noted as it was.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '@headwater/protocol';
import * as v from 'valibot';
import { environmentId } from './build.ts';
import { findTool } from './find-tool.ts';
import { findBefore, type Provided, type Providing } from './provided.ts';
import { askVersion } from './python-version.ts';
import type { Wanted } from './want.ts';

const run = promisify(execFile);
const MOST_BYTES = 16 << 20;

const EnvironmentsSchema = v.object({ envs: v.array(v.string()) });
const PackagesSchema = v.array(v.object({ name: v.string(), version: v.string(), build_string: v.optional(v.string(), '') }));

export async function provideConda({ name, why }: Extract<Wanted, { kind: 'conda' }>, options: Providing): Promise<Provided> {
  const { env, steps, who } = options;
  const tool = findConda(env);
  if (tool === null) throw new UserError('no-conda', `${who} asks for ${why}, and there is no conda, mamba or micromamba on the path.`, 'Install one of them, or name packages instead: `pip:NAME`.');
  const folder = await findFolder(tool, { name, who });
  const python = path.join(folder, ...(process.platform === 'win32' ? ['python.exe'] : ['bin', 'python']));
  const version = await askVersion([python]);
  if (version === null) throw new UserError('no-python', `The conda environment ${name} of ${who} has no Python.`, `Install it: ${path.basename(tool)} install -n ${name} python`);
  const packages = await ask(tool, ['list', '--prefix', folder, '--json'], PackagesSchema);
  const lock = packages.map((each) => `${each.name}=${each.version}=${each.build_string}\n`).sort().join('');
  const before = findBefore(options);
  if (before !== undefined && before.lock !== lock) {
    throw new UserError('other-environment', `The conda environment ${name} of ${who} is not what it was: ${findFirst(before.lock, lock)}.`, 'Make it as it was, or run the notebook as it is now.');
  }
  return {
    record: { id: environmentId(lock, version), steps, why, python: version, asked: name, packages: Object.fromEntries(packages.map((each) => [each.name, each.version])) },
    lock, python, command: [python],
    env: { ...env, VIRTUAL_ENV: undefined, CONDA_PREFIX: folder, CONDA_DEFAULT_ENV: name, PATH: [path.dirname(python), env['PATH'] ?? ''].join(path.delimiter) },
  };
}

export function findConda(env: NodeJS.ProcessEnv): string | null {
  return env['CONDA_EXE'] ?? env['MAMBA_EXE'] ?? findTool('conda', env) ?? findTool('mamba', env) ?? findTool('micromamba', env);
}

async function findFolder(tool: string, { name, who }: { name: string; who: string }): Promise<string> {
  const { envs } = await ask(tool, ['env', 'list', '--json'], EnvironmentsSchema);
  // The first is the installation itself.
  const found = name === 'base' ? envs[0] : envs.find((each) => path.basename(each) === name);
  if (found !== undefined) return found;
  const names = envs.map((each) => path.basename(each)).join(', ');
  throw new UserError('no-environment', `${who} asks for the conda environment ${name}, and there is none.`, names === '' ? 'There are none at all.' : `There are ${names}.`);
}

async function ask<S extends v.GenericSchema>(tool: string, args: readonly string[], schema: S): Promise<v.InferOutput<S>> {
  try {
    return v.parse(schema, JSON.parse((await run(tool, args, { maxBuffer: MOST_BYTES })).stdout));
  } catch (error) {
    throw new UserError('conda-trouble', `\`${path.basename(tool)} ${args.join(' ')}\` does not answer: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}.`, null);
  }
}

/** What one has and the other does not. */
function findFirst(before: string, now: string): string {
  const [was, is] = [before.split('\n'), now.split('\n')];
  const gone = was.find((line) => !is.includes(line));
  return gone === undefined ? `it has ${is.find((line) => !was.includes(line)) ?? ''} now` : `it had ${gone}`;
}
