// A run as a test drives it, without any process: what a worker would report is written down here.

import { LOG_FORMAT, NO_ASKS, NO_CONTROL, type Control, type Delta, type Elements, type EventBody, type Executed, type PlannedStep } from '@headwater/protocol';
import { INITIAL_STATE, type RunState } from '../state.ts';
import { transition, type Command } from '../transition.ts';

const NO_CHANGE: Delta = { reads: {}, readUnits: {}, based: {}, binds: {}, units: {}, unbinds: [], tombstones: {}, imports: [], finals: [] };

export function step(name: string, after: readonly string[], more: Partial<PlannedStep> = {}): PlannedStep {
  return { name, kind: 'step', openness: 'closed', reads: [], binds: [], after: [...after], cells: [], code: name, expectedBytes: null, where: 'local', control: NO_CONTROL, asks: NO_ASKS, environment: null, closes: null, sought: false, ...more };
}

export function executed(id: string, delta: Partial<Delta> = {}, more: Partial<Executed> = {}): EventBody {
  return {
    type: 'task-executed', id,
    report: {
      type: 'executed', id, outcome: 'done', wants: [], delta: { ...NO_CHANGE, ...delta }, failure: null, files: { read: {}, written: {} }, warnings: [],
      parked: false, effect: false, cost: { loadMs: 1, runMs: 1, saveMs: 1, cpuMs: 1, peakBytes: 1 }, origin: null, values: {}, elements: null, caught: false, modules: {}, ...more,
    },
  };
}

export const began = (id: string, reads: Record<string, string | null>): EventBody => ({ type: 'task-began', id, pid: 1, reads, readUnits: {} });

type OnStart = (command: Extract<Command, { do: 'start' }>) => void;

interface Circumstances {
  readonly workers?: number;
  readonly failFast?: boolean;
  readonly memoryBytes?: number;
  readonly gpus?: number;
  readonly onStart?: OnStart;
}

/** A run as a test drives it: everything that happened, one short line each. */
export class Script {
  state: RunState = INITIAL_STATE;
  readonly lines: string[] = [];
  /** Called with every attempt that starts. */
  onStart: OnStart;
  readonly #queue: EventBody[] = [];
  #n = 0;

  constructor(steps: readonly PlannedStep[], more: Circumstances = {}) {
    this.onStart = more.onStart ?? (() => undefined);
    this.put({ type: 'run-started', format: LOG_FORMAT, steps: [...steps], failFast: more.failFast ?? false, workers: more.workers ?? 2, workersElsewhere: 2, memoryBytes: more.memoryBytes ?? 0, gpus: more.gpus ?? 0 });
  }

  /** Lines since the last call. */
  put(body: EventBody): string[] {
    const from = this.lines.length;
    this.#queue.push(body);
    for (let each = this.#queue.shift(); each !== undefined; each = this.#queue.shift()) {
      const [state, commands] = transition(this.state, { ...each, n: this.#n, t: 0 });
      this.#n += 1;
      this.state = state;
      for (const command of commands) this.#note(command);
    }
    return this.lines.slice(from);
  }

  #note(command: Command): void {
    if (command.do === 'seek') {
      this.lines.push(`  seek ${command.issued.id}`);
    } else if (command.do === 'record') {
      this.#queue.unshift(command.event);
      this.lines.push(describeEvent(command.event));
    } else if (command.do === 'start') {
      this.onStart(command);
      this.lines.push(`  start ${command.issued.id} sees ${JSON.stringify(Object.fromEntries(Object.entries(command.world.names).map(([name, [version]]) => [name, version])))}`);
    } else if (command.do === 'wait') {
      this.lines.push(`  wait ${command.ms} for ${command.task}`);
    } else if (command.do !== 'end') {
      this.lines.push(`  ${command.do} ${command.id}`);
    }
  }
}

function describeIssue(event: EventBody & { type: 'task-issued' }): string {
  return `issue ${event.id}${event.sought ? ' sought' : ''}${event.caught === null ? '' : ` catches ${event.caught.type}`}${event.turn ? ' in turn' : ''}${event.everything ? ' with everything' : ''}${event.inside === null ? '' : ` inside ${event.inside}`}${event.replays === null ? '' : ` replays ${event.replays}`}`;
}

function describeEvent(event: EventBody): string {
  if (event.type === 'task-skipped') return `skip ${event.id} (${event.because})`;
  if (event.type === 'task-retried') return `retry ${event.id} after ${event.wait}`;
  if (event.type === 'task-issued') return describeIssue(event);
  if (event.type === 'run-ended') return `run ${event.status}`;
  if (event.type === 'task-discarded') return `discard ${event.id} (${event.because.join(',')} by ${event.by ?? '-'})`;
  return 'id' in event ? `${event.type} ${event.id}` : event.type;
}

export const bind = (id: string, ...names: string[]): Partial<Delta> => ({ binds: Object.fromEntries(names.map((name, at) => [name, [id, `${id}/${at}`]])) });


export const control = (part: Partial<Control>): { control: Control } => ({ control: { ...NO_CONTROL, ...part } });

/** A list taken apart. */
export function split(id: string, count: number, more: Partial<Elements> = {}): EventBody {
  return executed(id, {}, { elements: { count, labels: Array.from({ length: count }, (_, at) => String(at)), tied: null, values: null, ...more } });
}
