// A run whose process is killed at a moment: as soon as its log has exactly so many events. Nobody watches it for that: who watches is late on a
// busy machine, and a run of fast steps was over before the signal came.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { isAlive } from '@headwater/engine';
import type { Project, RunEvent } from './project.ts';

const RUN = '.headwater/flows/nb/runs/00000001';
const DIE_AT = pathToFileURL(path.join(import.meta.dirname, 'die-at.ts')).href;

/** Runs `nb.ipynb`, whose first run it is; the attempts that had committed when it was killed. */
export async function killAt(project: Project, count: number): Promise<Set<string>> {
  Object.assign(project.env, { NODE_OPTIONS: `--import=${DIE_AT}`, HEADWATER_TEST_DIES_AT: String(count) });
  await project.headwater('run', 'nb.ipynb', '--detach');
  Object.assign(project.env, { NODE_OPTIONS: undefined, HEADWATER_TEST_DIES_AT: undefined });
  const { owner } = JSON.parse(project.read(`${RUN}/run.json`)) as { owner: Parameters<typeof isAlive>[0] };
  await expect.poll(() => isAlive(owner), { timeout: 60_000 }).toBe(false);
  const events = readFileSync(project.path(RUN, 'events.jsonl'), 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as RunEvent);
  expect(events).toHaveLength(count);
  return new Set(events.filter((event) => event.type === 'task-committed').map((event) => String(event['id'])));
}
