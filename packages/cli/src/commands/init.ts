// `headwater init`: a small tagged notebook to start from, or a tagged copy of one that has no tags yet.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@headwater/protocol';
import { proposeFlow, readNotebook, sampleNotebook } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';

export async function init(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const from = options['from'];
  return typeof from === 'string' ? tagCopy(from, args[0], shared) : writeSample(args[0] ?? 'first-flow.ipynb', shared);
}

async function writeSample(file: string, shared: GlobalOptions): Promise<number> {
  await writeNew(file.endsWith('.ipynb') ? file : `${file}.ipynb`, sampleNotebook(), shared);
  if (shared.json !== true) process.stdout.write(`Run it with \`headwater run ${file}\`.\n`);
  return EXIT.done;
}

async function tagCopy(from: string, to: string | undefined, shared: GlobalOptions): Promise<number> {
  const { notebook, tags } = await proposeFlow(await readNotebook(path.resolve(from)), path.basename(from));
  if (tags.length === 0) throw new UserError('nothing-to-tag', `No step could be seen in ${from}.`, 'Tag cells `step:NAME` by hand.');
  const file = to ?? `${from.replace(/\.(ipynb|py)$/, '')}-flow.ipynb`;
  await writeNew(file, `${JSON.stringify(notebook, null, 1)}\n`, shared);
  for (const each of shared.json === true ? [] : tags) process.stdout.write(`  cell ${each.cell + 1}: ${each.tags.join(' ')}\n`);
  if (shared.json !== true) process.stdout.write(`Look at it with \`headwater graph ${file}\`, then run it.\n`);
  return EXIT.done;
}

/** Nothing of a person's is ever written over. */
async function writeNew(file: string, text: string, shared: GlobalOptions): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST') throw new UserError('file-exists', `${file} is there already.`, 'Give another name.');
    if (code === 'ENOENT') throw new UserError('no-folder', `There is no folder ${path.dirname(file)}.`, null);
    throw error;
  }
  process.stdout.write(shared.json === true ? `${JSON.stringify({ file })}\n` : `${file} is written.\n`);
}
