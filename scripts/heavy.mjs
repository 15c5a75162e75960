// Suites that are too long or need too much for `npm test`; `.ci/run` calls them after it. Each prints its budget and what it took.
import { spawn } from 'node:child_process';

const tools = (project) => ({ minutes: 15, command: ['node', 'scripts/journeys.mjs', project, '--tools'] });

/** Compiles for a quarter of an hour on two cores that have nothing else to do, once for this user. */
const TESTBED = ['node', 'test/helpers/build-testbed.ts'];

/** Everything remote that needs no cluster: a store in S3, its faults, AWS Batch. */
const WITHOUT_CLUSTER = { HEADWATER_TEST_WITHOUT_CLUSTER: '1' };
const SHORT = ['s3-store', 'stored-runs', 'store-care', 'faults', 'batch', 'environments'].map((name) => `test/remote/${name}`);

const SIGNALS = ['SIGINT', 'SIGTERM'];

/** Minutes a suite may take on two cores, and how it is started; `make`: what it needs, made once for this user. */
export const HEAVY = {
  crash: { minutes: 10, command: ['vitest', 'run', '--project', 'flow', 'test/flow/crash'], env: { HEADWATER_HEAVY: '1' } },
  control: { minutes: 10, command: ['vitest', 'run', '--project', 'flow', 'test/flow/combinations', 'test/flow/foreach', 'test/flow/random-control', 'test/flow/crowd'], env: { HEADWATER_HEAVY: '1' } },
  // What Metaflow's own suite asks, and every line of docs/from-*.md.
  conformance: { minutes: 12, command: ['vitest', 'run', '--project', 'conformance'] },
  property: { minutes: 25, command: ['python', '-m', 'pytest', '-q', '-n', '2', '--speculation', '20', '-c', 'test/property/pyproject.toml', 'test/property'] },
  jupyter: { minutes: 15, command: ['node', 'scripts/journeys.mjs', 'jupyter'], make: tools('jupyter') },
  vscode: { minutes: 15, command: ['node', 'scripts/journeys.mjs', 'vscode'], make: tools('vscode') },
  editors: { minutes: 6, command: ['node', 'scripts/journeys.mjs', 'editors'], make: tools('editors') },
  kale: { minutes: 2, command: ['vitest', 'run', '--project', 'kale'] },
  pythons: { minutes: 15, command: ['node', 'scripts/pythons.mjs'] },
  // What the next one runs against: compiled where this user's cache has none of it yet, else a second.
  testbed: { minutes: 40, command: TESTBED },
  'remote-short': {
    minutes: 12, command: ['vitest', 'run', '--project', 'remote', '--maxWorkers', '2', ...SHORT], env: WITHOUT_CLUSTER,
    make: { minutes: 20, command: TESTBED, env: WITHOUT_CLUSTER },
  },
  remote: { minutes: 30, command: ['vitest', 'run', '--project', 'remote'], make: { minutes: 40, command: TESTBED } },
};

async function runHeavy(name) {
  const suite = HEAVY[name];
  return (suite.make === undefined || await within(`the tools of test:${name}`, suite.make)) && within(`test:${name}`, suite);
}

/** A group of its own: what goes over its budget ends with all that it started. */
async function within(title, { minutes, command: [program, ...args], env }) {
  console.log(`\n── ${title} (budget ${minutes} min)`);
  const began = Date.now();
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env }, detached: true });
  const end = () => process.kill(-child.pid, 'SIGTERM');
  const timer = setTimeout(end, minutes * 60_000);
  for (const signal of SIGNALS) process.once(signal, end);
  const status = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  for (const signal of SIGNALS) process.off(signal, end);
  const took = (Date.now() - began) / 60_000;
  const verdict = status === 0 ? 'passed' : took >= minutes ? 'stopped: over its budget' : 'failed';
  console.log(`${title} ${verdict} in ${took.toFixed(1)} min of ${minutes}`);
  return status === 0;
}

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(HEAVY)) if (!(await runHeavy(name))) process.exitCode = 1;
