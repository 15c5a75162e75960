// Environments of peers that another Python or another installer makes.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { makeEnvironment, Missing, must, prepareEnvironment } from '../../test/helpers/peers.ts';
import { programOf } from '../places.ts';

/** The same made by uv. */
export function prepareUvEnvironment(name: string, python: string): string {
  return makeEnvironment(name, (folder, requirements) => {
    const uv = programOf(prepareEnvironment('uv'), 'uv');
    rmSync(folder, { recursive: true, force: true });
    must([uv, 'venv', '--quiet', '--python', python, folder]);
    must([uv, 'pip', 'install', '--quiet', '--compile-bytecode', '--python', programOf(folder, 'python'), '-r', requirements]);
  });
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
