// Which Python runs the cells: asked for, active, named by the notebook's kernel, or `python3`.

import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '@headwater/protocol';
import { findTool, interpreterIn, isProgram } from '../environment/find-tool.ts';

export interface Interpreter {
  readonly path: string;
  /** Why this one, in a clause: the first line of every run says it. */
  readonly why: string;
  /** Somebody named it or has it active. */
  readonly isChosen: boolean;
}

const WINDOWS = process.platform === 'win32';

export interface InterpreterChoice {
  /** `--python`. */
  readonly asked: string | null;
  /** Name of the notebook's kernelspec, or null. */
  readonly kernel: string | null;
  readonly env: NodeJS.ProcessEnv;
}

export function chooseInterpreter(choice: InterpreterChoice): Interpreter {
  const { asked, kernel, env } = choice;
  if (asked !== null) return { path: findProgram(asked, env), why: 'asked for', isChosen: true };
  const active = env['VIRTUAL_ENV'] ?? env['CONDA_PREFIX'];
  if (active !== undefined && existsSync(interpreterIn(active))) return { path: interpreterIn(active), why: `the active environment ${path.basename(active)}`, isChosen: true };
  const spec = kernel === null || kernel === 'python3' ? null : findKernel(kernel, env);
  if (spec !== null) return { path: spec, why: `the notebook's kernel ${kernel ?? ''}`, isChosen: true };
  return { path: findProgram(WINDOWS ? 'python' : 'python3', env), why: 'found on the path', isChosen: false };
}

function findProgram(name: string, env: NodeJS.ProcessEnv): string {
  if (name.includes('/') || name.includes(path.sep)) {
    const full = path.resolve(name);
    if (isProgram(full)) return full;
    throw new UserError('no-interpreter', `There is no Python interpreter at ${full}.`, '`--python` takes the path of one, such as .venv/bin/python.');
  }
  const found = findTool(name, env);
  if (found !== null) return found;
  throw new UserError('no-interpreter', `No \`${name}\` was found on the path.`, 'Install Python 3.9 or newer, activate an environment, or name one with `--python`.');
}

/** The interpreter a Jupyter kernelspec starts, or null. */
function findKernel(name: string, env: NodeJS.ProcessEnv): string | null {
  const home = os.homedir();
  const folders = [
    ...(env['JUPYTER_PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== ''),
    path.join(home, '.local/share/jupyter'), path.join(home, 'Library/Jupyter'), '/usr/local/share/jupyter', '/usr/share/jupyter',
  ];
  for (const folder of folders) {
    const file = path.join(folder, 'kernels', name, 'kernel.json');
    if (!existsSync(file)) continue;
    const program = programOf(file);
    if (program !== null && isProgram(program)) return program;
  }
  return null;
}

function programOf(file: string): string | null {
  try {
    const spec = JSON.parse(readFileSync(file, 'utf8')) as { argv?: unknown };
    const first: unknown = Array.isArray(spec.argv) ? spec.argv[0] : null;
    return typeof first === 'string' && path.isAbsolute(first) ? first : null;
  } catch {
    return null;
  }
}
