// `headwater rerun`: the notebook and the parameters of a run once more, nothing reused.

import { parseRunId, UserError } from '@headwater/protocol';
import { makeResumeRequest } from '@headwater/engine';
import type { GlobalOptions } from '../verbs.ts';
import { openNamedStore } from './find-run.ts';
import { startAndWatch } from './start-and-watch.ts';

export async function rerun(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const run = parseRunId(args[0] ?? '');
  if (run === null) throw new UserError('bad-run', `\`${args[0] ?? ''}\` is not a run.`, 'A run is FLOW/NUMBER, such as churn/42.');
  const notebook = typeof options['notebook'] === 'string' ? options['notebook'] : null;
  const request = await makeResumeRequest({ store: await openNamedStore(shared), run, cwd: process.cwd(), notebook, code: 'original' });
  return startAndWatch({ ...request, resumes: null, python: shared.python ?? null, failFast: options['failFast'] === true }, options, shared);
}
