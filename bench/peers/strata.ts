// Strata Notebook, headless: `strata run FOLDER`. Its notebooks are folders with an environment of their own, made before anything is timed.

import path from 'node:path';
import { programOf } from '../places.ts';
import { runCommand } from '../measure/run-command.ts';

interface Report {
  readonly duration_ms: number;
  readonly cells: readonly { readonly status: string; readonly duration_ms: number }[];
}

export class Strata {
  readonly #environment: string;
  readonly #env: NodeJS.ProcessEnv;

  /** `python` is the interpreter for the notebooks' environments. */
  constructor(environment: string, { uv, python }: { readonly uv: string; readonly python: string }, env: NodeJS.ProcessEnv) {
    this.#environment = environment;
    const folders = [path.dirname(programOf(environment, 'python')), path.dirname(programOf(uv, 'uv')), path.dirname(python)];
    this.#env = { ...env, PATH: [...folders, env['PATH'] ?? ''].join(path.delimiter), UV_PYTHON_DOWNLOADS: 'never' };
  }

  /** Makes a notebook of Strata's from one of Jupyter's, with its environment; returns its folder. */
  async import(notebook: string): Promise<string> {
    const folder = path.join(path.dirname(notebook), `${path.basename(notebook, '.ipynb')}-strata`);
    await this.#strata(['import', notebook, '--out', folder], path.dirname(notebook));
    await this.#strata(['run', folder, '--force'], path.dirname(notebook));
    return folder;
  }

  /** Every cell again, without looking whether the environment still holds. `ownMs` is its own count, without its start-up. */
  async run(folder: string): Promise<{ readonly wallMs: number; readonly ownMs: number; readonly cellsMs: readonly number[] }> {
    const { wallMs, stdout } = await this.#strata(['run', folder, '--force', '--no-sync', '--format', 'json'], folder);
    const report = JSON.parse(stdout.slice(stdout.indexOf('{\n'))) as Report;
    if (report.cells.some((cell) => cell.status === 'error')) throw new Error(`Strata could not run ${folder}:\n${stdout}`);
    return { wallMs, ownMs: report.duration_ms, cellsMs: report.cells.map((cell) => cell.duration_ms) };
  }

  async #strata(args: readonly string[], cwd: string): Promise<{ wallMs: number; stdout: string }> {
    return runCommand([programOf(this.#environment, 'strata'), ...args], { cwd, env: this.#env });
  }
}
