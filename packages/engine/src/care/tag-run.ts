// Tags of a run: words by which people find it again, and which keep it from being collected.

import { tagsKey, UserError, type RunId } from '@headwater/protocol';
import { readRecord, readSummary, readTags, writeSummary } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

const TAG = /^[^\s,#]{1,100}$/;

export interface TagChange {
  readonly add: string[];
  readonly remove: readonly string[];
}

/** The tags, when all of them can be tags of a run. */
export function checkTags(tags: string[]): string[] {
  const wrong = tags.find((tag) => !TAG.test(tag));
  if (wrong !== undefined) throw new UserError('bad-tag', `\`${wrong}\` cannot be a tag of a run.`, 'A tag is a word of at most 100 letters, without spaces, commas and #.');
  return tags;
}

/** -> the tags as they are now. What is both removed and added is there in the end. */
export async function tagRun(store: Store, run: RunId, { add, remove }: TagChange): Promise<string[]> {
  checkTags(add);
  const before = (await readTags(store, run)) ?? (await readRecord(store, run.flow, run.number))?.tags ?? [];
  const missing = remove.find((tag) => !before.includes(tag));
  if (missing !== undefined) throw new UserError('no-tag', `The run has no tag \`${missing}\`.`, before.length === 0 ? 'It has none.' : `It has ${before.join(', ')}.`);
  const tags = [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])];
  await store.put(tagsKey(run.flow, run.number), JSON.stringify(tags));
  const summary = await readSummary(store, run.flow, run.number);
  // The summary of a run under way is written anew at its end, with the tags as they are then.
  if (summary !== null) await writeSummary(store, { ...summary, tags });
  return tags;
}
