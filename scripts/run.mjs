// Set-up, then one task of the house under the project's own Node: `node scripts/run.mjs demo`. Runs under Node 20 with nothing installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const NODE_FLOOR = 22;
const PYTHON = path.join(ROOT, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** Runs `work` unless the files in `inputs` are the ones it last ran for. */
function once(stamp, inputs, done, work) {
  const hash = createHash('sha256');
  for (const file of inputs) hash.update(readFileSync(path.join(ROOT, file)));
  const digest = hash.digest('hex');
  if (done() && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

function must(command, args) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.error === undefined && result.status === 0) return;
  console.error(`set-up: \`${[command, ...args].join(' ')}\` failed${result.error === undefined ? '' : `: ${result.error.message}`}`);
  process.exit(result.status ?? 1);
}

function setUpNode() {
  const stamp = path.join(ROOT, 'node_modules', '.headwater-setup');
  once(stamp, ['package-lock.json'], () => existsSync(path.join(ROOT, 'node_modules')), () => {
    console.log('set-up: installing Node packages (once, under a minute)');
    must('npm', ['ci', '--no-progress', '--loglevel=error', '--engine-strict=false']);
  });
}

function findPython() {
  for (const name of [process.env.HEADWATER_SETUP_PYTHON, 'python3', 'python'].filter(Boolean)) {
    const probe = spawnSync(name, ['-c', 'import sys, venv; print(sys.version_info >= (3, 9))'], { encoding: 'utf8' });
    if (probe.status === 0 && probe.stdout.trim() === 'True') return name;
  }
  console.error('set-up: no Python 3.9 or newer with the venv module was found; install python3 and python3-venv');
  process.exit(1);
}

function setUpPython() {
  const stamp = path.join(ROOT, '.venv', '.headwater-setup');
  once(stamp, ['requirements.txt'], () => existsSync(PYTHON), () => {
    console.log('set-up: making the Python environment .venv (once, about a minute)');
    if (!existsSync(PYTHON)) must(findPython(), ['-m', 'venv', '.venv']);
    must(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt']);
  });
}

function setUpCarried() {
  const stamp = path.join(ROOT, 'kernel-bridge', 'carried', '.headwater-setup');
  once(stamp, ['kernel-bridge/carried.txt', 'scripts/carry.mjs'], () => existsSync(path.dirname(stamp)), () => {
    console.log('set-up: fetching the S3 client that travels with the engine (once, some seconds)');
    must(process.execPath, ['scripts/carry.mjs', PYTHON]);
  });
}

/** The Node of the lockfile where there is one for this platform, else the one that runs this, if it is new enough. */
function projectNode() {
  const local = path.join(ROOT, 'node_modules', '.bin', 'node');
  if (existsSync(local)) return local;
  if (Number(process.versions.node.split('.')[0]) >= NODE_FLOOR) return process.execPath;
  console.error(`set-up: Headwater needs Node ${NODE_FLOOR} or newer; this is ${process.version}`);
  process.exit(1);
}

setUpNode();
setUpPython();
setUpCarried();
const [task, ...rest] = process.argv.slice(2);
if (task !== undefined) {
  const node = projectNode();
  const env = { ...process.env, PATH: [path.dirname(node), path.dirname(PYTHON), process.env.PATH].join(path.delimiter) };
  const result = spawnSync(node, [path.join(ROOT, 'scripts', `${task}.mjs`), ...rest], { cwd: ROOT, stdio: 'inherit', env });
  process.exit(result.status ?? 1);
}
