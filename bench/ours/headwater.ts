// Runs of Headwater from the outside: the command as a shell starts it, and afterwards what stands in the store.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventsKey, manifestKey, runPrefix, type Event, type Manifest } from '@headwater/protocol';
import { OUR_ENVIRONMENT } from '../places.ts';
import { runCommand, type CommandOptions } from '../measure/run-command.ts';

export interface Run {
  readonly wallMs: number;
  readonly store: string;
  readonly flow: string;
  readonly number: number;
}

export interface RunOptions {
  readonly store: string;
  readonly cwd: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly onStart?: CommandOptions['onStart'];
}

export class Headwater {
  readonly #program: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(program: string, env: NodeJS.ProcessEnv) {
    this.#program = program;
    // An environment is active, as in the shell of a person who works in one.
    this.#env = { ...env, VIRTUAL_ENV: OUR_ENVIRONMENT };
  }

  /** Folder of the packed engine. */
  get packed(): string {
    return path.resolve(this.#program, '../..');
  }

  async run(notebook: string, options: RunOptions): Promise<Run> {
    return this.#start(['run', notebook], options);
  }

  async resume(run: string, options: RunOptions): Promise<Run> {
    return this.#start(['resume', run], options);
  }

  /** Any other command; its time and what it printed. */
  async command(args: readonly string[], cwd: string): Promise<{ wallMs: number; stdout: string }> {
    return runCommand([process.execPath, this.#program, ...args], { cwd, env: this.#env });
  }

  async #start(verb: readonly string[], { store, cwd, args = [], env = {}, onStart }: RunOptions): Promise<Run> {
    const command = [process.execPath, this.#program, ...verb, '--store', store, ...args];
    const { wallMs, stdout } = await runCommand(command, { cwd, env: { ...this.#env, ...env }, ...(onStart && { onStart }) });
    const [, flow = '', number = ''] = /^(\S+)\/(\d+) · /m.exec(stdout) ?? [];
    if (flow === '') throw new Error(`no run id in what \`headwater ${verb.join(' ')}\` printed:\n${stdout}`);
    return { wallMs, store, flow, number: Number(number) };
  }
}

export const runFolder = ({ store, flow, number }: Run): string => path.join(store, runPrefix(flow, number));

/** All whole lines: of a run under way the last may be half written. */
export function readEvents({ store, flow, number }: Run): Event[] {
  return readFileSync(path.join(store, eventsKey(flow, number)), 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as Event);
}

/** What the first attempt of a step left. */
export function readManifest({ store, flow, number }: Run, step: string): Manifest {
  return JSON.parse(readFileSync(path.join(store, manifestKey(flow, number, `${step}.0`)), 'utf8')) as Manifest;
}
