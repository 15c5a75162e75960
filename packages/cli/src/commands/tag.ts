// `headwater tag`: words by which a run is found again.

import { formatRunId } from '@headwater/protocol';
import { tagRun } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

export async function tag(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run } = await findRun(args[0] ?? '', shared);
  const tags = await tagRun(store, run, { add: options['add'] as string[], remove: options['remove'] as string[] });
  const id = formatRunId(run);
  process.stdout.write(shared.json === true ? `${JSON.stringify({ type: 'tags', run: id, tags })}\n` : `${id}${tags.length === 0 ? ' has no tags' : tags.map((each) => ` #${each}`).join('')}\n`);
  return EXIT.done;
}
