// JupyterLab with Headwater and the samples, for a person to try: `npm run lab`. Its environment stands in .cache/lab.
import { spawn } from 'node:child_process';
import { constants, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageJupyter } from './package-jupyter.mjs';
import { makeEnvironment, must } from './tools.mjs';

const WHEELS = ['dist/headwater-0.1.0-py3-none-any.whl', 'dist/headwater_jupyterlab-0.1.0-py3-none-any.whl'];

/** An environment with JupyterLab, what the samples import, and our two wheels as they are now. Returns its Python. */
export async function makeLab() {
  await packageJupyter();
  return installLab('lab', makeEnvironment('lab', 'scripts/jupyter.txt'));
}

export const makeOldestEnvironment = () => makeEnvironment('lab-oldest', 'scripts/jupyter-oldest.txt');

/** The same with the oldest JupyterLab, once the wheels are made. */
export const makeOldestLab = () => installLab('lab-oldest', makeOldestEnvironment());

/** A copy of what is made once, for this checkout. */
function installLab(name, base) {
  const folder = path.resolve('.cache', name);
  const python = path.join(folder, 'bin/python');
  const stamp = path.join(folder, '.copy-of');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== base) {
    rmSync(folder, { recursive: true, force: true });
    // With the times of its files: what Python has compiled holds by them.
    cpSync(base, folder, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, mode: constants.COPYFILE_FICLONE });
    writeFileSync(stamp, base);
  }
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--force-reinstall', ...WHEELS]);
  return python;
}

if (import.meta.main ?? process.argv[1]?.endsWith('lab.mjs')) {
  const python = await makeLab();
  spawn(python, ['-m', 'jupyterlab', '--ServerApp.root_dir=examples', ...process.argv.slice(2)], { stdio: 'inherit' }).once('close', (code) => process.exit(code ?? 0));
}
