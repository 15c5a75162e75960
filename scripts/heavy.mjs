// Suites that are too long or need too much for `npm test`; `.ci/run` calls them after it. Each prints its budget and what it took.
import { spawnSync } from 'node:child_process';

/** Minutes a suite may take on two cores, and how it is started. */
export const HEAVY = {
  crash: { minutes: 15, command: ['vitest', 'run', '--project', 'flow', 'test/flow/crash'], env: { HEADWATER_HEAVY: '1' } },
  control: { minutes: 20, command: ['vitest', 'run', '--project', 'flow', 'test/flow/combinations', 'test/flow/foreach', 'test/flow/random-control', 'test/flow/crowd'], env: { HEADWATER_HEAVY: '1' } },
  // What Metaflow's own suite asks, and every line of docs/from-*.md.
  conformance: { minutes: 10, command: ['vitest', 'run', '--project', 'conformance'] },
  property: { minutes: 20, command: ['python', '-m', 'pytest', '-q', '-n', '2', '--speculation', '20', '-c', 'test/property/pyproject.toml', 'test/property'] },
  jupyter: { minutes: 8, command: ['node', 'scripts/journeys.mjs', 'jupyter'] },
  vscode: { minutes: 12, command: ['node', 'scripts/journeys.mjs', 'vscode'] },
  editors: { minutes: 5, command: ['node', 'scripts/journeys.mjs', 'editors'] },
  kale: { minutes: 2, command: ['vitest', 'run', '--project', 'kale'] },
  pythons: { minutes: 15, command: ['node', 'scripts/pythons.mjs'] },
  // Real servers, built from source where this user's cache has none of them yet.
  remote: { minutes: 30, command: ['vitest', 'run', '--project', 'remote'] },
};

export function runHeavy(name) {
  const suite = HEAVY[name];
  console.log(`\n── test:${name} (budget ${suite.minutes} min)`);
  const began = Date.now();
  const [command, ...args] = suite.command;
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...suite.env }, timeout: suite.minutes * 60_000 });
  const took = (Date.now() - began) / 60_000;
  const verdict = status === 0 ? 'passed' : status === null ? 'stopped: over its budget' : 'failed';
  console.log(`test:${name} ${verdict} in ${took.toFixed(1)} min of ${suite.minutes}`);
  return status === 0;
}

const names = process.argv.slice(2);
process.exitCode = (names.length > 0 ? names : Object.keys(HEAVY)).map(runHeavy).every(Boolean) ? 0 : 1;
