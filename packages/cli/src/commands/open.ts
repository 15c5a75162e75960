// `headwater open`: the executed notebook of a run as a file.

import { writeFile } from 'node:fs/promises';
import { formatRunId } from '@headwater/protocol';
import { readExecutedNotebook } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

export async function open(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run } = await findRun(args[0] ?? '', shared);
  const notebook = await readExecutedNotebook(store, run);
  const file = typeof options['output'] === 'string' ? options['output'] : `${run.flow.replaceAll('/', '-')}-${run.number}.ipynb`;
  await writeFile(file, `${JSON.stringify(notebook, null, 1)}\n`);
  if (shared.json === true) process.stdout.write(`${JSON.stringify({ run: formatRunId(run), file })}\n`);
  else process.stdout.write(`${file} is ${formatRunId(run)} with its outputs.\n`);
  return EXIT.done;
}
