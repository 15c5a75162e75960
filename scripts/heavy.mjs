// Suites that are too long or need too much for `npm test`; `.ci/run` calls them after it. Each prints its budget and what it took.
import { spawnSync } from 'node:child_process';

const tools = (project) => ({ minutes: 15, command: ['node', 'scripts/journeys.mjs', project, '--tools'] });

/** Minutes a suite may take on two cores, and how it is started; `make`: what it needs, made once for this user. */
export const HEAVY = {
  crash: { minutes: 15, command: ['vitest', 'run', '--project', 'flow', 'test/flow/crash'], env: { HEADWATER_HEAVY: '1' } },
  control: { minutes: 20, command: ['vitest', 'run', '--project', 'flow', 'test/flow/combinations', 'test/flow/foreach', 'test/flow/random-control', 'test/flow/crowd'], env: { HEADWATER_HEAVY: '1' } },
  // What Metaflow's own suite asks, and every line of docs/from-*.md.
  conformance: { minutes: 6, command: ['vitest', 'run', '--project', 'conformance'] },
  property: { minutes: 20, command: ['python', '-m', 'pytest', '-q', '-n', '2', '--speculation', '20', '-c', 'test/property/pyproject.toml', 'test/property'] },
  jupyter: { minutes: 8, command: ['node', 'scripts/journeys.mjs', 'jupyter'], make: tools('jupyter') },
  vscode: { minutes: 12, command: ['node', 'scripts/journeys.mjs', 'vscode'], make: tools('vscode') },
  editors: { minutes: 5, command: ['node', 'scripts/journeys.mjs', 'editors'], make: tools('editors') },
  kale: { minutes: 2, command: ['vitest', 'run', '--project', 'kale'] },
  pythons: { minutes: 15, command: ['node', 'scripts/pythons.mjs'] },
  // What the next one runs against: compiled where this user's cache has none of it yet, else a second.
  testbed: { minutes: 20, command: ['node', 'test/helpers/build-testbed.ts'] },
  remote: { minutes: 30, command: ['vitest', 'run', '--project', 'remote'] },
};

export function runHeavy(name) {
  const suite = HEAVY[name];
  return (suite.make === undefined || within(`the tools of test:${name}`, suite.make)) && within(`test:${name}`, suite);
}

function within(title, { minutes, command: [program, ...args], env }) {
  console.log(`\n── ${title} (budget ${minutes} min)`);
  const began = Date.now();
  const { status } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env }, timeout: minutes * 60_000 });
  const took = (Date.now() - began) / 60_000;
  const verdict = status === 0 ? 'passed' : status === null ? 'stopped: over its budget' : 'failed';
  console.log(`${title} ${verdict} in ${took.toFixed(1)} min of ${minutes}`);
  return status === 0;
}

const names = process.argv.slice(2);
process.exitCode = (names.length > 0 ? names : Object.keys(HEAVY)).map(runHeavy).every(Boolean) ? 0 : 1;
