// The main job on a sample notebook: the DAG, the live run, the model read back, and what to try next.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { styleText } from 'node:util';

const BIN = path.resolve('packages/cli/bin/headwater.mjs');
const FOLDER = path.resolve('examples/bikes');
const PYTHON = path.resolve('.venv/bin/python');
const ENV = { ...process.env, VIRTUAL_ENV: path.resolve('.venv'), PYTHONPATH: path.resolve('kernel-bridge/python') };

const READ_BACK = `import headwater
run = headwater.Flow("bikes").latest_successful_run
print(run.data.model, run.data.score)`;

const NEXT = `
What to try next
  source .venv/bin/activate && cd examples/bikes   an environment with what the notebooks import
  npx headwater run bikes.ipynb -p trees=200       another number of trees
  npx headwater resume bikes/1 --from choose       only the end, with what was kept
  npx headwater runs                               the history
  npx headwater open bikes -o run.ipynb            the executed notebook of the last run
  npx headwater get bikes/1/figure/fig -o fig.png  any artifact of any run
  npx headwater init --from exploration.ipynb      tags for a notebook that has none
The notebook is examples/bikes/bikes.ipynb: its tags are all that makes it a flow. docs/tags.md says what they mean.
`;

function title(text) {
  console.log(`\n${styleText('bold', text)}`);
}

function headwater(comment, ...args) {
  title(`# ${comment}\n$ headwater ${args.join(' ')}`);
  return spawnSync(process.execPath, [BIN, ...args], { cwd: FOLDER, stdio: 'inherit', env: ENV }).status;
}

headwater('What the tags and the code of a notebook say: its steps, and what flows between them', 'graph', 'bikes.ipynb');
const status = headwater('The run: every step in a process of its own, the three models side by side', 'run', 'bikes.ipynb');
if (status !== 0) process.exit(status ?? 1);
headwater('What it cost', 'show', 'bikes');
title(`# Everything is kept: the model, back in Python\n$ python\n${READ_BACK.replaceAll(/^/gm, '>>> ')}`);
spawnSync(PYTHON, ['-c', READ_BACK], { cwd: FOLDER, stdio: 'inherit', env: ENV });
headwater('A notebook as people have it, without tags: what would have to be done', 'check', 'exploration.ipynb');
console.log(NEXT);
