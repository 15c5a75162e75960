// `headwater check`: the diagnostics of a notebook; exit code 1 when one is an error.

import path from 'node:path';
import { analyseFile } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { formatDiagnostic, printDiagnostics } from '../render/diagnostics.ts';
import type { GlobalOptions } from '../verbs.ts';

export async function check(args: readonly string[], _: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const flow = await analyseFile(path.resolve(args[0] ?? ''));
  if (shared.json === true) printDiagnostics(flow.diagnostics, true);
  else for (const diagnostic of flow.diagnostics) process.stdout.write(`${formatDiagnostic(diagnostic)}\n`);
  const errors = flow.diagnostics.filter((each) => each.severity === 'error').length;
  const steps = flow.steps.filter((step) => step.kind === 'step').length;
  if (shared.json !== true) process.stdout.write(`${flow.notebook}: ${count(steps, 'step')}, ${count(errors, 'error')}, ${count(flow.diagnostics.length - errors, 'remark')}\n`);
  return errors > 0 ? EXIT.failed : EXIT.done;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
