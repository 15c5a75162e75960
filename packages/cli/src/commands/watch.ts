// `headwater watch`: follow a run that somebody started, anywhere.

import { Interrupts } from '../render/interrupts.ts';
import { watchRun } from '../render/watch-run.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

export async function watch(args: readonly string[], _: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run } = await findRun(args[0] ?? '', shared);
  return watchRun({ store, ...run, json: shared.json === true, stops: false, interrupts: new Interrupts() });
}
