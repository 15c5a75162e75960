// The interpreter that will most probably run the cells, started before anything else of a run is known: it takes longest to begin.

import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { spawnSupervisor, type LocalOptions } from '../execute/local/spawn-supervisor.ts';
import type { Expected } from './expected.ts';
import { chooseInterpreter } from './interpreter.ts';
import { bridgeFolder } from './resources.ts';
import { chooseHashSeed, workerEnvironment } from './worker-environment.ts';

export { readExpected } from './expected.ts';

export class EarlyInterpreter {
  /** For a run that does not take it from another one. */
  readonly hashSeed = chooseHashSeed(process.env);
  #started: { readonly options: LocalOptions; readonly child: ChildProcess } | null = null;

  /** Starts it where one is to be found; one that was started for something else ends. */
  start(expected: Expected): void {
    const options = guessOptions(expected, this.hashSeed);
    if (options === null || isDeepStrictEqual(options, this.#started?.options)) return;
    this.close();
    const child = spawnSupervisor(options);
    // One that did not start is not taken, and the next one is asked why.
    child.on('error', () => undefined);
    this.#started = { options, child };
  }

  /** The one that was started, if it is alive and has these options. */
  take(options: LocalOptions): ChildProcess | undefined {
    const { child, options: own } = this.#started ?? {};
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null || !isDeepStrictEqual(options, own)) return undefined;
    this.#started = null;
    return child;
  }

  /** Ends what nobody took: no cell has run in it. */
  close(): void {
    this.#started?.child.kill('SIGKILL');
    this.#started = null;
  }
}

/** Null where there is no interpreter to be found: the run will say so, if it needs one. */
function guessOptions({ notebook, python: asked, hashSeed }: Expected, ownSeed: number): LocalOptions | null {
  try {
    const python = chooseInterpreter({ asked, kernel: null, env: process.env }).path;
    return { python, command: [python], bridge: bridgeFolder(), folder: path.dirname(notebook), env: workerEnvironment(process.env, hashSeed ?? ownSeed), environment: null };
  } catch {
    return null;
  }
}
