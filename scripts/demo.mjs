// The main job on a sample notebook, then what to try next.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { styleText } from 'node:util';

const BIN = path.resolve('packages/cli/bin/headwater.mjs');
const FOLDER = path.resolve('examples/bikes');
const PYTHON = path.resolve('.venv/bin/python');

function headwater(...args) {
  console.log(styleText('bold', `\n$ headwater ${args.join(' ')}`));
  const { status } = spawnSync(process.execPath, [BIN, ...args], { cwd: FOLDER, stdio: 'inherit', env: { ...process.env, VIRTUAL_ENV: path.resolve('.venv') } });
  if (status !== 0) process.exit(status ?? 1);
}

const READ_BACK = `import headwater
run = headwater.Flow("bikes").latest_run
print(run, run.data.model)`;

headwater('graph', 'bikes.ipynb');
headwater('run', 'bikes.ipynb');
console.log(styleText('bold', '\n$ python'));
console.log(READ_BACK.split('\n').map((line) => `>>> ${line}`).join('\n'));
spawnSync(PYTHON, ['-c', READ_BACK], { cwd: FOLDER, stdio: 'inherit', env: { ...process.env, PYTHONPATH: path.resolve('kernel-bridge/python') } });
