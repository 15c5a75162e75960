// A run of a thousand branches whose process is killed at half: how soon `resume` does something new, and what it does twice.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { eventsKey, recordKey, type Event, type RunRecord } from '@headwater/protocol';
import type { Bench } from '../bench.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { readEvents, type Headwater, type Run } from '../ours/headwater.ts';
import { step, writeNotebook } from '../ours/notebook.ts';
import { atMost, type Contest, type Row } from '../row.ts';

const TASKS = 1_000;
/** Looked at so often, half is half to within a few tasks. */
const LOOK_MS = 5;

export const kill1000: Row = {
  name: 'kill-1000',
  title: 'a foreach of a thousand, its run killed at half, resumed',
  rounds: 5,
  prepare,
};

function prepare({ folder, headwater, limits, note }: Bench): Promise<Contest> {
  note('to the first new task: from the start of the command to the first branch whose cell begins, by the event log');
  note('lost: branches that were committed when the run was killed and ran again');
  const notebook = writeNotebook(folder, 'wide', [step('load', `xs = range(${TASKS})`), { tag: 'step:each foreach:x=xs', source: 'r = x * x' }, { tag: 'step:all join:rs=r', source: 'total = sum(rs)' }]);
  const place = { cwd: folder, store: path.join(folder, 'store') };
  return Promise.resolve({
    subjects: [
      {
        name: 'Headwater', role: 'ours' as const, measure: async () => {
          removeFolder(place.store);
          const killed = await runToHalf(headwater, notebook, place);
          const done = new Set(tasksOf(readEvents(killed), 'task-committed'));
          const began = Date.now();
          const events = readEvents(await headwater.resume(`${killed.flow}/${killed.number}`, place));
          const first = events.find((event) => event.type === 'task-began' && event.id.startsWith('each['));
          const again = tasksOf(events, 'task-began').filter((task) => done.has(task));
          return { 'to the first new task': (first?.t ?? NaN) - began, 'lost (tasks)': again.length, 'done when killed (tasks)': done.size };
        },
      },
      { name: 'node -e 0, python -c pass', role: 'limit' as const, measure: async () => ({ wall: await limits.startBoth() }) },
    ],
    goals: [atMost('≤ 300 ms to the first new task', 300, ['Headwater', 'to the first new task']), atMost('0 lost', 0, ['Headwater', 'lost'], 'tasks')],
  });
}

async function runToHalf(headwater: Headwater, notebook: string, { cwd, store }: { cwd: string; store: string }): Promise<Run> {
  const { stdout } = await headwater.command(['run', notebook, '--store', store, '--detach'], cwd);
  const [, flow = '', number = ''] = /^(\S+)\/(\d+) · /m.exec(stdout) ?? [];
  const run: Run = { wallMs: 0, store, flow, number: Number(number) };
  // It says that it has started before it writes its log.
  const isHalf = () => existsSync(path.join(store, eventsKey(flow, run.number))) && tasksOf(readEvents(run), 'task-committed').length >= TASKS / 2;
  while (!isHalf()) await setTimeout(LOOK_MS);
  const { owner } = JSON.parse(readFileSync(path.join(store, recordKey(flow, run.number)), 'utf8')) as RunRecord;
  process.kill(owner.pid, 'SIGKILL');
  // Its workers notice that nobody is there any more.
  await setTimeout(1_000);
  return run;
}

function tasksOf(events: readonly Event[], type: 'task-committed' | 'task-began'): string[] {
  return events.flatMap((event) => (event.type === type && /^each\[\d/.test(event.id) ? [event.id.slice(0, event.id.lastIndexOf('.'))] : []));
}
