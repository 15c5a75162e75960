// All checks and all quick suites; the last line counts them. `node scripts/run.mjs test [name…]` runs only the named ones.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lint } from './lint.mjs';

const OUT = '.cache/test';
mkdirSync(OUT, { recursive: true });
const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

function add({ passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

function suite(name, run) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  console.log(`\n── ${name}`);
  add(run());
}

function vitest(project) {
  const file = `${OUT}/${project}.json`;
  const { status } = spawnSync('vitest', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], { stdio: 'inherit' });
  return counted(status, () => {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests };
  });
}

function pytest(cwd, ...args) {
  const file = path.resolve(OUT, `${path.basename(cwd)}.xml`);
  const { status } = spawnSync('python', ['-m', 'pytest', '-q', `--junitxml=${file}`, ...args], { stdio: 'inherit', cwd, env: { ...process.env } });
  return counted(status, () => {
    const [, errors, failures, skipped, tests] = /errors="(\d+)" failures="(\d+)" skipped="(\d+)" tests="(\d+)"/.exec(readFileSync(file, 'utf8')).map(Number);
    return { passed: tests - errors - failures - skipped, failed: errors + failures, skipped };
  });
}

/** A suite that did not end well counts as failed even when no test of it says so. */
function counted(status, read) {
  let counts;
  try {
    counts = read();
  } catch {
    counts = { passed: 0, failed: 0, skipped: 0 };
  }
  return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

suite('lint', () => {
  const checks = lint();
  const passed = checks.filter((check) => check.passed).length;
  return { passed, failed: checks.length - passed, skipped: 0 };
});
suite('unit', () => vitest('unit'));
suite('python', () => pytest('kernel-bridge', '-n', '2'));
suite('flow', () => vitest('flow'));
suite('property', () => pytest('test/property', '-n', '2', '-m', 'not heavy'));
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
