// `headwater artifacts`: what a task bound, or the names at the end of a run, from their previews: nothing is loaded.

import { isSetupName, type Artifact } from '@headwater/protocol';
import { foldRun, readManifest } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { formatBytes } from '../render/numbers.ts';
import { printTable } from '../render/table.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun, findTask } from './find-run.ts';

interface Row {
  readonly name: string;
  readonly step: string;
  readonly artifact: Artifact;
}

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

async function findRows(text: string, shared: GlobalOptions): Promise<Row[]> {
  return text.split('/').length > 2 ? rowsOfTask(text, shared) : rowsOfRun(text, shared);
}

async function rowsOfTask(text: string, shared: GlobalOptions): Promise<Row[]> {
  const { store, run, task } = await findTask(text, shared);
  const manifest = task.attempt === null ? null : await readManifest(store, run, task.attempt);
  return rowsOf(task.task, manifest?.artifacts ?? {});
}

/** Names as they are at the end of the run: each from the step that changed it last. */
async function rowsOfRun(text: string, shared: GlobalOptions): Promise<Row[]> {
  const { store, run } = await findRun(text, shared);
  const state = await foldRun(store, run);
  const found = new Map<string, Row>();
  for (const { plan, current, past } of state.steps.slice(0, state.settled)) {
    if (current === null || isSetupName(plan.name)) continue;
    for (const { id } of past) await addRows(id, plan.name);
    await addRows(current.id, plan.name);
  }
  return [...found.values()];

  async function addRows(attempt: string, step: string): Promise<void> {
    const manifest = await readManifest(store, run, attempt);
    for (const row of rowsOf(step, manifest?.artifacts ?? {})) {
      if (state.world.names[row.name]?.[0] === attempt) found.set(row.name, row);
    }
  }
}

function rowsOf(step: string, found: Readonly<Record<string, Artifact>>): Row[] {
  return Object.entries(found).filter(([name]) => !name.startsWith('%')).map(([name, artifact]) => ({ name, step, artifact }));
}

const shortType = (type: string) => type.split('.').at(-1) ?? type;

function shapeOf({ preview }: Artifact): string {
  const shape = typeof preview === 'object' && preview !== null && 'shape' in preview ? preview.shape : null;
  return typeof shape === 'string' ? shape : '';
}
