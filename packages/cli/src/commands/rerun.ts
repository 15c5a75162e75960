// `headwater rerun`: the notebook and the parameters of a run once more, nothing reused.

import { makeResumeRequest } from '@headwater/engine';
import type { GlobalOptions } from '../verbs.ts';
import { findRunToRepeat } from './find-run.ts';
import { startAndWatch } from './start-and-watch.ts';

export async function rerun(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run } = await findRunToRepeat(args[0] ?? '', shared);
  const notebook = typeof options['notebook'] === 'string' ? options['notebook'] : null;
  const request = await makeResumeRequest({ store, run, cwd: process.cwd(), notebook, code: 'original' });
  return startAndWatch({ ...request, resumes: null, python: shared.python ?? null, failFast: options['failFast'] === true }, options, shared);
}
