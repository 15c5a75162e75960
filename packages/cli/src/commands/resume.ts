// `headwater resume`: go on with a run, reusing what still holds.

import { UserError } from '@headwater/protocol';
import { makeResumeRequest } from '@headwater/engine';
import type { GlobalOptions } from '../verbs.ts';
import { findRunToRepeat } from './find-run.ts';
import { readPairs } from './given.ts';
import { parsePlace } from './run.ts';
import { startAndWatch } from './start-and-watch.ts';

export async function resume(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run } = await findRunToRepeat(args[0] ?? '', shared);
  const request = await makeResumeRequest({ store, run, cwd: process.cwd(), notebook: textOf(options['notebook']), code: readCode(options['code']) });
  return startAndWatch({
    ...request,
    parameters: { ...request.parameters, ...readPairs(options['param'] as string[], process.env) },
    python: shared.python ?? null,
    from: textOf(options['from']),
    strict: options['strict'] === true,
    upgrade: options['upgrade'] === true,
    on: parsePlace(options['on']),
    failFast: options['failFast'] === true,
  }, options, shared);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

function readCode(value: unknown): 'now' | 'original' {
  if (value === 'now' || value === 'original') return value;
  throw new UserError('bad-value', `\`--code ${textOf(value) ?? ''}\` is neither now nor original.`, null);
}
