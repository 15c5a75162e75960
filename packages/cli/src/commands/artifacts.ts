// `headwater artifacts`: what a task bound, or the names at the end of a run, from their previews: nothing is loaded.

import type { Artifact } from '@headwater/protocol';
import { describeArtifacts, foldRun, readFinalArtifacts, readManifest, type FinalArtifact } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { formatBytes } from '../render/numbers.ts';
import { printTable } from '../render/table.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun, findTask } from './find-run.ts';

export async function artifacts(args: readonly string[], _: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const rows = await findRows(args[0] ?? '', shared);
  if (shared.json === true) {
    for (const { name, step, artifact } of rows) process.stdout.write(`${JSON.stringify({ name, step, ...artifact })}\n`);
    return EXIT.done;
  }
  if (rows.length === 0) process.stdout.write('Nothing is kept here.\n');
  else printTable(['Name', 'Type', 'Shape', 'Size', 'Step'], rows.map(({ name, step, artifact }) => [name, shortType(artifact.type), shapeOf(artifact), formatBytes(artifact.size), step]));
  return EXIT.done;
}

async function findRows(text: string, shared: GlobalOptions): Promise<FinalArtifact[]> {
  return text.split('/').length > 2 ? rowsOfTask(text, shared) : rowsOfRun(text, shared);
}

async function rowsOfTask(text: string, shared: GlobalOptions): Promise<FinalArtifact[]> {
  const { store, run, task } = await findTask(text, shared);
  const manifest = task.attempt === null ? null : await readManifest(store, run, task.attempt);
  return describeArtifacts(task.task, manifest?.artifacts ?? {});
}

async function rowsOfRun(text: string, shared: GlobalOptions): Promise<FinalArtifact[]> {
  const { store, run } = await findRun(text, shared);
  return readFinalArtifacts(store, run, await foldRun(store, run));
}

const shortType = (type: string) => type.split('.').at(-1) ?? type;

function shapeOf({ preview }: Artifact): string {
  const shape = typeof preview === 'object' && preview !== null && 'shape' in preview ? preview.shape : null;
  return typeof shape === 'string' ? shape : '';
}
