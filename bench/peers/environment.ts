// Environments of peers, made on demand from pinned requirements: `.cache/bench/NAME` from `bench/peers/NAME.txt`.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BENCH, CACHE, OUR_ENVIRONMENT, programOf } from '../places.ts';

/** Why a peer is left out. */
export class Missing extends Error {}

/** The environment of a peer, on the interpreter that also runs our cells. */
export function prepareEnvironment(name: string, python: string = ourPython()): string {
  return make(name, (folder, requirements) => {
    if (!existsSync(programOf(folder, 'python'))) must([python, '-m', 'venv', folder]);
    must([programOf(folder, 'python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  });
}

/** The same made by uv. */
export function prepareUvEnvironment(name: string, python: string): string {
  return make(name, (folder, requirements) => {
    const uv = programOf(prepareEnvironment('uv'), 'uv');
    rmSync(folder, { recursive: true, force: true });
    must([uv, 'venv', '--quiet', '--python', python, folder]);
    must([uv, 'pip', 'install', '--quiet', '--compile-bytecode', '--python', programOf(folder, 'python'), '-r', requirements]);
  });
}

function make(name: string, install: (folder: string, requirements: string) => void): string {
  const folder = path.join(CACHE, name);
  const requirements = path.join(BENCH, 'peers', `${name}.txt`);
  const stamp = path.join(folder, '.headwater-bench');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  console.log(`making the environment of ${name} (once)`);
  install(folder, requirements);
  writeFileSync(stamp, wanted);
  return folder;
}

/** Python `version` as an interpreter that is really there: named in the environment, on the path, or one of pyenv's. */
export function findPython(version: string): string {
  const root = process.env['PYENV_ROOT'] ?? path.join(process.env['HOME'] ?? '', '.pyenv');
  const listed = spawnSync('ls', [path.join(root, 'versions')], { encoding: 'utf8' }).stdout.split('\n').filter((each) => each.startsWith(`${version}.`));
  const candidates = [process.env['HEADWATER_BENCH_PYTHON'], `python${version}`, ...listed.map((each) => path.join(root, 'versions', each, 'bin/python'))];
  const found = candidates.map((each) => (each === undefined ? null : probe(each, version))).find((each) => each !== null) ?? null;
  if (found === null) throw new Missing(`no Python ${version} was found; HEADWATER_BENCH_PYTHON can name one`);
  return found;
}

function probe(python: string, version: string): string | null {
  const { stdout, status } = spawnSync(python, ['-c', 'import sys; print(sys._base_executable); print(sys.version)'], { encoding: 'utf8' });
  const [program = '', full = ''] = status === 0 ? stdout.split('\n') : [];
  return full.startsWith(`${version}.`) ? program : null;
}

const ourPython = () => programOf(OUR_ENVIRONMENT, 'python');

function must(command: readonly string[]): void {
  const [program = '', ...args] = command;
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Missing(`\`${command.join(' ')}\` failed${error === undefined ? '' : `: ${error.message}`}`);
}
