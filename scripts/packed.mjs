// The command as it is installed, for tests: one bundle and compiled Python start in half the time that the sources take. `packed.mjs FOLDER`, named after the process that uses it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const OUT = path.resolve(process.argv[2]);

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function must(command, args) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

mkdirSync(path.dirname(OUT), { recursive: true });
// Of test runs that were killed.
for (const name of readdirSync(path.dirname(OUT))) if (!isAlive(Number(name))) rmSync(path.join(path.dirname(OUT), name), { recursive: true, force: true });
must(process.execPath, [path.join(ROOT, 'scripts/build.mjs'), path.join(OUT, 'dist')]);
cpSync(path.join(ROOT, 'packages/cli/bin'), path.join(OUT, 'bin'), { recursive: true });
cpSync(path.join(ROOT, 'packages/cli/package.json'), path.join(OUT, 'package.json'));
// Those that run the tests may have forbidden it to all interpreters, and each would compile a hundred files.
const python = ['.venv/bin/python', '.venv/Scripts/python.exe'].map((name) => path.join(ROOT, name)).find(existsSync);
must(python, ['-m', 'compileall', '-q', path.join(OUT, 'dist/python'), path.join(ROOT, 'kernel-bridge/python')]);
