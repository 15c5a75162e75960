// The interpreter that will most probably run the cells, started before the notebook is read: it takes longest to begin.

import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LocalExecutor, type LocalOptions } from '../execute/local/local-executor.ts';
import { chooseInterpreter } from './interpreter.ts';
import type { RunRequest } from './request.ts';
import { bridgeFolder } from './resources.ts';
import { workerEnvironment } from './worker-environment.ts';

export class EarlyInterpreter {
  readonly #options: LocalOptions | null;
  #executor: LocalExecutor | null;

  constructor(request: RunRequest, hashSeed: number) {
    this.#options = guess(request, hashSeed);
    this.#executor = this.#options === null ? null : new LocalExecutor(this.#options);
  }

  /** The executor with these options: the one that was started, if they are its own. */
  take(options: LocalOptions): LocalExecutor {
    const early = this.#executor;
    if (early === null || !isDeepStrictEqual(options, this.#options)) return new LocalExecutor(options);
    this.#executor = null;
    return early;
  }

  /** Ends what nobody took. */
  async close(): Promise<void> {
    const unwanted = this.#executor;
    this.#executor = null;
    await unwanted?.close();
  }
}

/** Null for a run that still has to look up the seed of another one, and where there is no interpreter to be found. */
function guess(request: RunRequest, hashSeed: number): LocalOptions | null {
  if ((request.resumes !== null && request.hashSeed === null) || request.only !== null) return null;
  try {
    const python = chooseInterpreter({ asked: request.python, kernel: null, env: process.env }).path;
    return { python, command: [python], bridge: bridgeFolder(), folder: path.dirname(request.notebook), env: workerEnvironment(process.env, hashSeed), environment: null };
  } catch {
    return null;
  }
}
