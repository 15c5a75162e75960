// Everything that must hold before a run gets a number: the notebook, its flow, the parameters, the interpreter, the store's place.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError, type Flow } from '@headwater/protocol';
import { applyParameters, parseParameterValue } from '../notebook/parameters.ts';
import { locateStore } from '../store/open-store.ts';
import { openAnalyser, placeOf, projectOf } from './analyser.ts';
import { checkStep, chooseSteps } from './choose-steps.ts';
import { chooseInterpreter, type Interpreter } from './interpreter.ts';
import type { RunRequest } from './request.ts';

export interface Prepared {
  readonly text: string;
  readonly flow: Flow;
  /** What was given, by the environment or by whoever asked. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The same as Python, as it stands in the cells. */
  readonly literals: Readonly<Record<string, string>>;
  /** Texts of the flow's cells as they run, by position in the notebook. */
  readonly sources: ReadonlyMap<number, string>;
  /** The notebook's folder. */
  readonly folder: string;
  /** The repository's root, or the notebook's folder. */
  readonly project: string;
  readonly interpreter: Interpreter;
  readonly store: string;
  readonly isStoreNamed: boolean;
}

/** The flow of a notebook file, without anything that a run would need. */
export async function analyseFile(file: string): Promise<Flow> {
  return analyse(await readNotebook(file), file);
}

async function analyse(text: string, file: string): Promise<Flow> {
  return (await openAnalyser()).analyse(text, { path: placeOf(file) });
}

export async function prepare(request: RunRequest, env: NodeJS.ProcessEnv): Promise<Prepared> {
  const folder = path.dirname(request.notebook);
  const project = projectOf(request.notebook);
  const text = request.text ?? (await readNotebook(request.notebook));
  const whole = await analyse(text, request.notebook);
  if (request.from !== null) checkStep(whole, request.from);
  const flow = chooseSteps(whole, request);
  const parameters = { ...fromEnvironment(flow, env), ...request.parameters };
  const literals = readGiven(flow, parameters);
  const sources = placeLiterals(flow, literals);
  refuseMissing(flow, parameters);
  const named = request.store ?? env['HEADWATER_STORE'] ?? null;
  return {
    text,
    flow,
    parameters,
    literals,
    sources,
    folder,
    project,
    interpreter: chooseInterpreter({ asked: request.python, kernel: null, env }),
    store: locateStore({ named, from: folder }),
    isStoreNamed: named !== null,
  };
}

export async function readNotebook(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new UserError('no-notebook', `There is no file ${file}.`, 'Check the name, or write one to start from with `headwater init`.');
    if (code === 'EISDIR') throw new UserError('no-notebook', `${file} is a folder.`, 'Name a notebook in it.');
    throw new UserError('notebook-unreadable', `${file} cannot be read (${String(code)}).`, null);
  }
}

/** `HEADWATER_PARAM_alpha`; what names no parameter of this flow is another's. */
function fromEnvironment(flow: Flow, env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(flow.parameters.flatMap(({ name }): [string, string][] => {
    const value = env[`HEADWATER_PARAM_${name}`];
    return value === undefined ? [] : [[name, value]];
  }));
}

/** The texts of the flow's cells with these values. */
export function applyOverrides(flow: Flow, given: Readonly<Record<string, string>>): Map<number, string> {
  return placeLiterals(flow, readGiven(flow, given));
}

function readGiven(flow: Flow, given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, text]) => {
    const parameter = flow.parameters.find((each) => each.name === name);
    if (parameter === undefined) throw unknownParameter(flow, name);
    const parsed = parseParameterValue(parameter, text);
    if ('problem' in parsed) throw new UserError('bad-parameter', parsed.problem, null);
    return [name, parsed.literal];
  }));
}

function placeLiterals(flow: Flow, literals: Readonly<Record<string, string>>): Map<number, string> {
  return new Map(flow.cells.filter((cell) => cell.step !== null).map((cell) => [
    cell.index,
    cell.role === 'parameters' ? applyParameters(cell.source, literals) : cell.source,
  ]));
}

function refuseMissing(flow: Flow, given: Readonly<Record<string, string>>): void {
  const missing = flow.parameters.find((parameter) => parameter.default === null && !(parameter.name in given));
  if (missing === undefined) return;
  const { name, type } = missing;
  const kind = type === 'unknown' ? '' : `, a value of type ${type}`;
  throw new UserError('missing-parameter', `${flow.notebook} needs \`${name}\`${kind}: it has no default.`, `Give it: -p ${name}=VALUE`);
}

function unknownParameter(flow: Flow, name: string): UserError {
  const known = flow.parameters.map((parameter) => parameter.name);
  const hint = known.length === 0 ? 'The notebook has no cell tagged `parameters`.' : `It has ${known.join(', ')}.`;
  return new UserError('unknown-parameter', `${flow.notebook} has no parameter \`${name}\`.`, hint);
}
