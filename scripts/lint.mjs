// What a machine can check of the house rules. Prints each check's verdict; the output of one that fails.
import { spawnSync } from 'node:child_process';

const CHECKS = {
  types: ['tsc', '-b'],
  eslint: ['eslint', '--cache', '--cache-location', '.cache/eslint', '.'],
  knip: ['knip', '--no-progress'],
  ruff: ['ruff', 'check', '--quiet', 'kernel-bridge', 'examples', 'bench', 'test/property', 'test/control', 'extension-jupyter'],
  'python types': ['pyright', '--pythonpath', '.venv/bin/python', '--project', 'kernel-bridge'],
  'property types': ['pyright', '--pythonpath', '.venv/bin/python', '--project', 'test/property'],
  house: ['node', 'scripts/check-house.mjs'],
};

/** Runs all checks; returns their names and whether they passed. */
export function lint() {
  return Object.entries(CHECKS).map(([name, [command, ...args]]) => {
    const began = Date.now();
    const result = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } });
    const passed = result.status === 0;
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    if (!passed) console.log(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trimEnd());
    return { name, passed };
  });
}

if (import.meta.main ?? process.argv[1]?.endsWith('lint.mjs')) process.exitCode = lint().every((check) => check.passed) ? 0 : 1;
