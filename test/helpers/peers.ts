// Environments with other tools, made on demand from pinned requirements: `.cache/bench/NAME` from `bench/peers/NAME.txt`.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PYTHON = path.join(ROOT, '.venv/bin/python');

/** Why a peer is left out. */
export class Missing extends Error {}

/** The environment of a peer, on the interpreter that also runs our cells unless another is named. */
export function prepareEnvironment(name: string, python: string = PYTHON): string {
  return makeEnvironment(name, (folder, requirements) => {
    const own = path.join(folder, 'bin/python');
    if (!existsSync(own)) must([python, '-m', 'venv', folder]);
    must([own, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  });
}

/** Made anew only when its requirements have changed. */
export function makeEnvironment(name: string, install: (folder: string, requirements: string) => void): string {
  const folder = path.join(ROOT, '.cache/bench', name);
  const requirements = path.join(ROOT, 'bench/peers', `${name}.txt`);
  const stamp = path.join(folder, '.headwater-bench');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  console.log(`making the environment of ${name} (once)`);
  install(folder, requirements);
  writeFileSync(stamp, wanted);
  return folder;
}

export function must(command: readonly string[]): void {
  const [program = '', ...args] = command;
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Missing(`\`${command.join(' ')}\` failed${error === undefined ? '' : `: ${error.message}`}`);
}
