// Metaflow, run as its tutorial does: `python flow.py run`.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { programOf } from '../places.ts';
import { runCommand, type Ended } from '../measure/run-command.ts';

/** Everything its documentation offers to make a local run faster or less talkative. */
const BEST_FLAGS = ['--quiet', '--no-pylint'];

export class Metaflow {
  readonly #python: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(environment: string, env: NodeJS.ProcessEnv) {
    this.#python = programOf(environment, 'python');
    // It refuses to run as root unless it is told another name.
    this.#env = { ...env, USERNAME: 'bench', METAFLOW_USER: 'bench' };
  }

  /** At its best flags unless `plain`. */
  async run(flow: string, { verb = ['run'], plain = false }: { verb?: readonly string[]; plain?: boolean } = {}): Promise<Ended> {
    return runCommand([this.#python, flow, ...(plain ? [] : BEST_FLAGS), ...verb], { cwd: path.dirname(flow), env: this.#env });
  }
}

/** Writes a flow of steps in a line, one body a step, and returns its path. The first step is called `start` and the last `end`, as Metaflow wants. */
export function writeFlow(folder: string, name: string, bodies: readonly string[]): string {
  const names = bodies.map((_, at) => (at === 0 ? 'start' : at === bodies.length - 1 ? 'end' : `s${at}`));
  const steps = bodies.map((body, at) => {
    const next = names[at + 1];
    return ['@step', `def ${names[at] ?? ''}(self):`, ...`${body}${next === undefined ? '' : `\nself.next(self.${next})`}`.split('\n').map((line) => `    ${line}`)];
  });
  const className = name.replace(/\W/g, '');
  const file = path.join(folder, `${name}.py`);
  writeFileSync(file, [
    'from metaflow import FlowSpec, step', '',
    `class ${className}(FlowSpec):`, ...steps.flat().map((line) => `    ${line}`), '',
    `if __name__ == "__main__":`, `    ${className}()`, '',
  ].join('\n'));
  return file;
}
