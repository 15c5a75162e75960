// Physical limits, measured in the same call as what is held against them.

import { closeSync, openSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { BENCH, OUR_ENVIRONMENT, programOf } from '../places.ts';
import { runCommand, runForFigures } from '../measure/run-command.ts';

export type ArrayKind = 'normal' | 'walk';

export interface ArrayLimits {
  readonly writeMs: number;
  readonly fsyncMs: number;
  readonly sumMs: number;
}

const script = (name: string) => path.join(BENCH, 'limits', name);

export class Limits {
  readonly #python = programOf(OUR_ENVIRONMENT, 'python');
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  /** One after the other: the two interpreters that any run of ours needs, doing nothing. */
  async startBoth(): Promise<number> {
    const node = await this.#time([process.execPath, '-e', '0']);
    return node + (await this.#time([this.#python, '-c', 'pass']));
  }

  /** A file of that many bytes written with and without fsync, and an array that is in memory summed. */
  async array(bytes: number, kind: ArrayKind = 'normal'): Promise<ArrayLimits> {
    const command = [this.#python, script('arrays.py'), this.#folder, kind, String(bytes)];
    const figures = await runForFigures(command, { cwd: this.#folder, env: this.#env });
    return { writeMs: figures['write'] ?? NaN, fsyncMs: figures['write + fsync'] ?? NaN, sumMs: figures['sum'] ?? NaN };
  }

  /** A process forked from one that has imported what our supervisor imports, and a bare Python started, each ended at once. */
  async processes(packed: string, ...modules: string[]): Promise<{ readonly forkMs: number; readonly startMs: number }> {
    const command = [this.#python, script('forks.py'), path.join(packed, 'dist/python'), ...modules];
    const { fork = NaN, start = NaN } = await runForFigures(command, { cwd: this.#folder, env: this.#env });
    return { forkMs: fork, startMs: start };
  }

  /** Plain Python printing lines into a file. */
  printLines(count: number): number {
    const fd = openSync(path.join(this.#folder, '.limit-lines'), 'w');
    const began = performance.now();
    const { status } = spawnSync(this.#python, [script('lines.py'), String(count)], { env: this.#env, stdio: ['ignore', fd, 'inherit'] });
    const ms = performance.now() - began;
    closeSync(fd);
    if (status !== 0) throw new Error('plain Python could not print');
    return ms;
  }

  /** What Node has resident by itself, where the system tells. */
  async nodeMemory(): Promise<Record<string, number>> {
    const look = "process.stdout.write(/VmHWM:\\s*(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1])";
    if (process.platform !== 'linux') return {};
    const { stdout } = await runCommand([process.execPath, '-e', look], { cwd: this.#folder, env: this.#env });
    return { 'memory (MB)': Number(stdout) / 1024 };
  }

  async #time(command: readonly string[]): Promise<number> {
    return (await runCommand(command, { cwd: this.#folder, env: this.#env })).wallMs;
  }
}
