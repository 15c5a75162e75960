// `headwater resume`: go on with a run, reusing what still holds.

import { parseRunId, UserError } from '@headwater/protocol';
import { locateStore, makeResumeRequest, openStore } from '@headwater/engine';
import type { GlobalOptions } from '../verbs.ts';
import { parsePairs, startAndWatch } from './run.ts';

export async function resume(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const run = parseRunId(args[0] ?? '');
  if (run === null) throw new UserError('bad-run', `\`${args[0] ?? ''}\` is not a run.`, 'A run is FLOW/NUMBER, such as churn/42.');
  const store = await openStore(locateStore({ named: shared.store ?? process.env['HEADWATER_STORE'] ?? null, from: process.cwd() }));
  const code = options['code'] ?? 'now';
  if (code !== 'now' && code !== 'original') throw new UserError('bad-value', `\`--code ${String(code)}\` is neither now nor original.`, null);
  const notebook = typeof options['notebook'] === 'string' ? options['notebook'] : null;
  const request = await makeResumeRequest({ store, run, cwd: process.cwd(), notebook, code });
  return startAndWatch({
    ...request,
    parameters: { ...request.parameters, ...parsePairs(options['param'] as string[]) },
    python: shared.python ?? null,
    from: typeof options['from'] === 'string' ? options['from'] : null,
    failFast: options['failFast'] === true,
  }, options, shared);
}
