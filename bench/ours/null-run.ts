// Runs in a process of its own: the engine's whole bookkeeping of a wide foreach, with an executor that does nothing but report.

import { LOG_FORMAT, NO_ASKS, NO_CONTROL, type Control, type Delta, type EventBody, type Executed, type PlannedStep } from '@headwater/protocol';
import { INITIAL_STATE } from '../../packages/engine/src/run/state.ts';
import { transition } from '../../packages/engine/src/run/transition.ts';

const TASKS = Number(process.argv[2] ?? 100_000);
const WORKERS = 64;

const NO_CHANGE: Delta = { reads: {}, readUnits: {}, based: {}, binds: {}, units: {}, unbinds: [], tombstones: {}, imports: [], finals: [] };

function step(name: string, after: string[], control: Partial<Control>): PlannedStep {
  return { name, kind: 'step', openness: 'closed', reads: [], binds: [], after, cells: [], code: name, expectedBytes: null, where: 'local', control: { ...NO_CONTROL, ...control }, asks: NO_ASKS, environment: null, closes: null, sought: false };
}

function report(id: string): Executed {
  const isSplit = id.startsWith('each[]');
  return {
    type: 'executed', id, outcome: 'done', wants: [], delta: isSplit ? NO_CHANGE : { ...NO_CHANGE, binds: { r: [id, `${id}/0`] } }, failure: null, files: { read: {}, written: {} }, warnings: [],
    parked: false, effect: false, cost: { loadMs: 1, runMs: 1, saveMs: 1, cpuMs: 1, peakBytes: 1 }, origin: null, values: {}, caught: false, modules: {},
    elements: isSplit ? { count: TASKS, labels: Array.from({ length: TASKS }, (_, at) => String(at)), tied: null, values: null } : null,
  };
}

const queue: EventBody[] = [];
const started: string[] = [];
let state = INITIAL_STATE;
let bytes = 0;
let count = 0;

/** As `Drive` does it: every event is written down, folded, and what follows comes before anything else that waits. */
function put(event: EventBody): void {
  queue.push(event);
  for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
    const numbered = { n: count, t: count, ...body };
    count += 1;
    bytes += JSON.stringify(numbered).length + 1;
    const [next, commands] = transition(state, numbered);
    state = next;
    for (const command of commands) {
      if (command.do === 'record') queue.unshift(command.event);
      else if (command.do === 'start') started.push(command.issued.id);
    }
  }
}

const began = performance.now();
put({
  type: 'run-started', format: LOG_FORMAT, failFast: false, workers: WORKERS, memoryBytes: 0, workersElsewhere: 0, gpus: 0,
  steps: [step('load', [], {}), step('each', ['load'], { foreach: { item: 'x', list: 'xs' } }), step('all', ['each'], { join: { all: [] } })],
});
for (let id = started.shift(); id !== undefined; id = started.shift()) {
  put({ type: 'task-began', id, pid: 1, reads: {}, readUnits: {} });
  put({ type: 'task-executed', id, report: report(id) });
}
const ms = performance.now() - began;
if (state.status !== 'done') throw new Error(`the run ended ${state.status}`);
process.stdout.write(JSON.stringify({ 'a task (µs)': ms * 1000 / TASKS, 'memory (MB)': process.resourceUsage().maxRSS / 1000, 'log (MB)': bytes / 1e6 }));
