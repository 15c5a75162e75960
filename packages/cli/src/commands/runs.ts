// `headwater runs`: the history, newest first.

import { formatRunId, type Summary } from '@headwater/protocol';
import { asLost, listAllSummaries, listSummaries } from '@headwater/engine';
import { formatDuration, formatWhen } from '../render/numbers.ts';
import { glyphOf, wordOf } from '../render/states.ts';
import { printTable } from '../render/table.ts';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { openNamedStore } from './find-run.ts';

export async function runs(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const store = await openNamedStore(shared);
  const limit = Number(options['limit']);
  const flow = args[0];
  const tags = options['tag'] as string[];
  // Which runs have a tag, only the runs themselves know.
  const most = tags.length === 0 ? limit : Infinity;
  const all = (flow === undefined ? await listAllSummaries(store, most) : await listSummaries(store, flow, most)).map(asLost);
  const found = all.filter((summary) => tags.every((tag) => summary.tags.includes(tag))).slice(0, limit);
  if (shared.json === true) {
    for (const summary of found) process.stdout.write(`${JSON.stringify(summary)}\n`);
    return EXIT.done;
  }
  if (found.length === 0 && tags.length > 0) process.stdout.write(`No run has ${tags.length === 1 ? 'the tag' : 'the tags'} ${tags.join(', ')}.\n`);
  else if (found.length === 0) process.stdout.write('No runs yet. Start one with `headwater run NOTEBOOK`.\n');
  else printTable(['', 'Run', 'State', 'Started', 'Took', 'Parameters', ''], found.map(toRow));
  return EXIT.done;
}

function toRow(summary: Summary): string[] {
  const now = Date.now();
  const parameters = Object.entries(summary.parameters).map(([name, value]) => `${name}=${value}`).join(' ');
  const note = [...summary.tags, summary.resumes === null ? '' : `resumed ${summary.resumes}`, summary.failed === null ? '' : `${summary.failed.task}: ${summary.failed.failure.type}`];
  return [
    glyphOf(summary.status), formatRunId(summary), wordOf(summary.status), formatWhen(summary.started, now),
    formatDuration((summary.ended ?? now) - summary.started), parameters, note.filter((each) => each !== '').join(' · '),
  ];
}
