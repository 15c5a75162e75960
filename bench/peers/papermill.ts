// Papermill, and the plain kernel of the same environment.

import path from 'node:path';
import { BENCH, programOf } from '../places.ts';
import { runCommand, runForFigures, type Ended } from '../measure/run-command.ts';

export class Papermill {
  readonly #environment: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(environment: string, env: NodeJS.ProcessEnv) {
    this.#environment = environment;
    // So that a kernel's child processes, too, are of this environment.
    this.#env = { ...env, PATH: [path.dirname(programOf(environment, 'python')), env['PATH'] ?? ''].join(path.delimiter) };
  }

  /** One process for the whole notebook, without the progress bar. */
  async run(notebook: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const command = [programOf(this.#environment, 'papermill'), notebook, `${notebook}.out.ipynb`, '--no-progress-bar', '--log-level', 'ERROR'];
    return runCommand(command, { cwd: path.dirname(notebook), env: { ...this.#env, ...env } });
  }

  /** Restart-and-Run-All in a plain kernel: how long it took to start and how long its cells took. */
  async runAll(notebook: string, env: NodeJS.ProcessEnv = {}): Promise<{ readonly startMs: number; readonly cellsMs: number }> {
    const command = [programOf(this.#environment, 'python'), path.join(BENCH, 'peers/run_all.py'), notebook];
    const { start = NaN, cells = NaN } = await runForFigures(command, { cwd: path.dirname(notebook), env: { ...this.#env, ...env } });
    return { startMs: start, cellsMs: cells };
  }
}
