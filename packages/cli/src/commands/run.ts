// `headwater run`.

import path from 'node:path';
import { UserError } from '@headwater/protocol';
import { checkTags, defaultRequest, type RunRequest } from '@headwater/engine';
import type { GlobalOptions } from '../verbs.ts';
import { readGiven, splitPairs } from './given.ts';
import { runOnSave } from './on-save.ts';
import { startAndWatch } from './start-and-watch.ts';
import { sweep } from './sweep.ts';

export async function run(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const request = makeRequest(args[0] ?? '', options, shared);
  if (options['watch'] === true) return runOnSave(request, options, shared);
  if (options['sweep'] !== true) return startAndWatch(request, options, shared);
  const metric = typeof options['metric'] === 'string' ? options['metric'] : null;
  return sweep(request, splitPairs(options['param'] as string[]), { json: shared.json === true, metric });
}

function makeRequest(notebook: string, options: Readonly<Record<string, unknown>>, shared: GlobalOptions): RunRequest {
  return {
    ...defaultRequest(path.resolve(notebook)),
    parameters: options['sweep'] === true ? readGiven({ ...options, param: [] }, process.env) : readGiven(options, process.env),
    store: shared.store ?? null,
    python: shared.python ?? null,
    tags: checkTags(options['tag'] as string[]),
    workers: parseWorkers(options['maxWorkers']),
    to: textOf(options['to']),
    only: textOf(options['only']),
    skip: options['skip'] as string[],
    failFast: options['failFast'] === true,
    on: parsePlace(options['on']),
    upgrade: options['upgrade'] === true,
    isolation: options['fresh'] === true ? 'spawn' : 'fork',
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

export function parsePlace(value: unknown): RunRequest['on'] {
  if (value === undefined || value === 'local' || value === 'kubernetes' || value === 'batch') return value ?? null;
  throw new UserError('bad-value', `\`--on ${typeof value === 'string' ? value : ''}\` is no place steps can run.`, 'There are local, kubernetes and batch.');
}

function parseWorkers(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new UserError('bad-value', `\`--max-workers ${value}\` is not a whole number from 1 up.`, null);
  return number;
}
