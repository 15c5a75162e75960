// The Python package under every CPython it supports and this machine has: its tests, then a real notebook through the command.
// Environments are kept in .cache/pythons. Two interpreters at a time: the machines these suites are made for have two cores.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** 3.11 is what `npm test` runs under. */
const MINORS = ['3.9', '3.10', '3.12', '3.13'];
const AT_ONCE = 2;
const ROOT = process.cwd();

/** `python3.X` of the path, or of pyenv, whose shims work only for versions that were chosen. */
function findPython(minor) {
  const pyenv = path.join(process.env.PYENV_ROOT ?? path.join(os.homedir(), '.pyenv'), 'versions');
  const kept = existsSync(pyenv) ? readdirSync(pyenv).filter((each) => each.startsWith(`${minor}.`)).map((each) => path.join(pyenv, each, 'bin/python')) : [];
  return [...kept, `python${minor}`].find((each) => {
    const probe = spawnSync(each, ['-c', 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
    return probe.status === 0 && probe.stdout.trim() === minor;
  });
}

/** Everything it prints, and whether it ended well. */
function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
    child.on('error', (error) => resolve({ passed: false, text: String(error) }));
    child.on('close', (code) => resolve({ passed: code === 0, text }));
  });
}

async function makeEnvironment(minor, base) {
  const home = path.join(ROOT, '.cache/pythons', minor);
  const python = path.join(home, 'bin/python');
  const wanted = createHash('sha256').update(readFileSync('requirements.txt')).digest('hex');
  const stamp = path.join(home, '.headwater-setup');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python, passed: true, text: '' };
  rmSync(home, { recursive: true, force: true });
  mkdirSync(path.dirname(home), { recursive: true });
  const made = await runQuietly(base, ['-m', 'venv', home]);
  const filled = made.passed ? await runQuietly(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt']) : made;
  if (filled.passed) writeFileSync(stamp, wanted);
  return { python, ...filled };
}

async function testUnder(minor) {
  const began = Date.now();
  const base = findPython(minor);
  if (base === undefined) return console.log(`skip CPython ${minor}: not on this machine`), true;
  const environment = await makeEnvironment(minor, base);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-pythons-'));
  cpSync('examples/bikes', folder, { recursive: true });
  const steps = [
    () => environment,
    () => runQuietly(environment.python, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider'], { cwd: 'kernel-bridge' }),
    () => runQuietly('node', [path.join(ROOT, 'packages/cli/bin/headwater.mjs'), 'run', 'bikes.ipynb', '--python', environment.python], { cwd: folder }),
  ];
  for (const step of steps) {
    const { passed, text } = await step();
    if (passed) continue;
    console.log(`FAIL CPython ${minor}\n${text.slice(-6000)}`);
    return false;
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(`ok   CPython ${minor} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  return true;
}

const queue = [...MINORS];
const verdicts = [];
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let minor = queue.shift(); minor !== undefined; minor = queue.shift()) verdicts.push(await testUnder(minor));
}));
process.exitCode = verdicts.every(Boolean) ? 0 : 1;
