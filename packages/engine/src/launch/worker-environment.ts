// The environment variables a worker starts with: the person's own, without tokens of the tools around it.

import { randomInt } from 'node:crypto';

/** Credentials of Jupyter, of editors and of our own service: a cell has no business with them. */
const WITHHELD = /^(JUPYTER_TOKEN|JUPYTERHUB_API_TOKEN|JPY_API_TOKEN|JPY_.*|JUPYTERHUB_.*|HEADWATER_TOKEN|VSCODE_.*|ELECTRON_.*|NODE_OPTIONS|NODE_CHANNEL_FD|npm_.*)$/;

/** Python takes 32 bits. */
const HASH_SEEDS = 2 ** 32;

/** While the supervisor imports libraries they must not start threads; it takes these away again before the first cell. */
const ONE_THREAD = ['OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'VECLIB_MAXIMUM_THREADS', 'BLIS_NUM_THREADS'];

/**
 * For the same time only. The last says for how long OpenBLAS's threads look for work before they sleep, as a power of two in clock ticks: 2^26
 * by itself, and the threads that every step gets back would first of all burn 15 ms of a core. Half a millisecond is enough between calls.
 */
const WHILE_IMPORTING: Readonly<Record<string, string>> = { ...Object.fromEntries(ONE_THREAD.map((name) => [name, '1'])), OPENBLAS_THREAD_TIMEOUT: '20' };

/** Names of all that is set here beside the person's own. */
export const WORKER_VARIABLES: readonly string[] = ['PYTHONHASHSEED', 'HEADWATER_UNSET', ...Object.keys(WHILE_IMPORTING)];

/** The person's own, so that a run has the order of sets that their kernel has; else one at random, as Python would draw it. */
export function chooseHashSeed(env: NodeJS.ProcessEnv): number {
  const own = Number(env['PYTHONHASHSEED'] || NaN);
  return Number.isInteger(own) && own >= 0 && own < HASH_SEEDS ? own : randomInt(1, HASH_SEEDS);
}

export function workerEnvironment(env: NodeJS.ProcessEnv, hashSeed: number): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !WITHHELD.test(name)));
  const ours = Object.entries(WHILE_IMPORTING).filter(([name]) => kept[name] === undefined);
  return {
    ...kept,
    ...Object.fromEntries(ours),
    PYTHONHASHSEED: String(hashSeed),
    HEADWATER_UNSET: ours.map(([name]) => name).join(','),
  };
}
