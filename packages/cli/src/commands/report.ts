// `headwater report`: a run as one page of HTML, for whoever has no Headwater.

import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { formatRunId } from '@headwater/protocol';
import { readReport, readRun } from '@headwater/service';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

export async function report(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run } = await findRun(args[0] ?? '', shared);
  const text = await readReport(await readRun(store, run), os.userInfo().username);
  const file = typeof options['output'] === 'string' ? options['output'] : `${run.flow.replaceAll('/', '-')}-${run.number}.html`;
  await writeFile(file, text);
  if (shared.json === true) process.stdout.write(`${JSON.stringify({ run: formatRunId(run), file })}\n`);
  else process.stdout.write(`${file} is the report of ${formatRunId(run)}: one file that needs nothing else.\n`);
  return EXIT.done;
}
