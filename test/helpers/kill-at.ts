// A run whose process is killed at a moment: its log has exactly so many events then, whatever was done outside beyond them.

import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Project, RunEvent } from './project.ts';

const RUN = '.headwater/flows/nb/runs/00000001';
const LOOK_MS = 2;

function readLog(project: Project): RunEvent[] {
  try {
    return readFileSync(project.path(RUN, 'events.jsonl'), 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as RunEvent);
  } catch {
    return [];
  }
}

/** Runs `nb.ipynb`, whose first run it is; the attempts that had committed when it was killed. */
export async function killAt(project: Project, count: number): Promise<Set<string>> {
  await project.headwater('run', 'nb.ipynb', '--detach');
  const owner = JSON.parse(readFileSync(project.path(RUN, 'run.json'), 'utf8')) as { owner: { pid: number } };
  while (readLog(project).length < count) await sleep(LOOK_MS);
  try {
    process.kill(owner.owner.pid, 'SIGKILL');
  } catch {
    // It had ended already: the last events come together.
  }
  await sleep(50);
  // It writes faster than anybody looks: what stands beyond the moment had not reached the disk.
  const lines = readFileSync(project.path(RUN, 'events.jsonl'), 'utf8').split('\n');
  writeFileSync(project.path(RUN, 'events.jsonl'), lines.slice(0, count).map((line) => `${line}\n`).join(''));
  return new Set(readLog(project).filter((event) => event.type === 'task-committed').map((event) => String(event['id'])));
}
