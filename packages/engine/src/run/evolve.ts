// How each event changes the state. Pure: the live run, recovery and every view fold the same events.

import type { Event, Failure } from '@headwater/protocol';
import { INITIAL_STATE, findStep, type Attempt, type EventOf, type Parked, type RunState, type StepState } from './state.ts';
import { applyDelta, applyFinals } from './world.ts';

type Evolve<T extends Event['type']> = (state: RunState, event: EventOf<T>) => RunState;

const EVOLVE: { readonly [T in Event['type']]: Evolve<T> } = {
  'run-started': (_, event) => ({
    ...INITIAL_STATE,
    failFast: event.failFast,
    workers: event.workers,
    workersElsewhere: event.workersElsewhere,
    memoryBytes: event.memoryBytes,
    steps: event.steps.map((plan, position) => ({
      plan,
      after: new Set(plan.after.map((name) => event.steps.findIndex((each) => each.name === name)).filter((at) => at >= 0 && at < position)),
      status: 'waiting',
      next: 0,
      current: null,
      everything: false,
      wants: [],
    })),
  }),
  'worker-ready': (state) => state,
  'task-issued': (state, event) => (event.replays === null ? issue(state, event) : issueReplay(state, event)),
  'task-began': (state, event) => change(state, event.id, { phase: 'began', reads: event.reads, readUnits: event.readUnits }),
  'task-held': (state, event) => change(state, event.id, { phase: 'held', reads: event.reads, readUnits: event.readUnits }),
  'task-released': (state, event) => change(state, event.id, { phase: 'began', turn: true }),
  'task-executed': (state, event) => (state.replay?.current === event.id ? finishReplay(state, event) : execute(state, event)),
  'task-died': (state, event) => (state.replay?.current === event.id
    ? breakReplay(state, event.report.sentence)
    : withParked(change(state, event.id, { phase: 'died', death: event.report }), event.id, null)),
  'task-committed': (state, event) => {
    const report = state.steps[findStep(state, event.id)]?.current?.report;
    return report == null ? state : { ...settle(state, event.id, report.origin === null ? 'done' : 'reused'), world: applyDelta(state.world, report.delta), finals: applyFinals(state.finals, report.delta) };
  },
  'task-discarded': discard,
  'task-failed': fail,
  'task-stopped': (state, event) => setStep(state, findStep(state, event.id), { status: 'stopped', current: null }),
  'process-gone': (state, event) => withParked(state, event.id, null),
  'stop-requested': (state) => ({ ...state, stopping: true }),
  'run-broken': (state) => ({ ...state, stopping: true, failed: state.failed ?? { step: '', failure: null } }),
  'run-ended': (state, event) => ({ ...state, status: event.status }),
};

export function evolve(state: RunState, event: Event): RunState {
  const handle = EVOLVE[event.type] as (state: RunState, event: Event) => RunState;
  return { ...handle(state, event), events: event.n + 1 };
}

function newAttempt(id: string, process: string, turn: boolean): Attempt {
  return { id, phase: 'issued', turn, process, reads: {}, readUnits: {}, report: null, death: null };
}

function setStep(state: RunState, position: number, part: Partial<StepState>): RunState {
  return { ...state, steps: state.steps.map((step, at) => (at === position ? { ...step, ...part } : step)) };
}

function change(state: RunState, id: string, part: Partial<Attempt>): RunState {
  const position = findStep(state, id);
  const current = state.steps[position]?.current;
  return current == null ? state : setStep(state, position, { current: { ...current, ...part } });
}

function withParked(state: RunState, process: string, parked: Parked | null): RunState {
  const others = Object.entries(state.parked).filter(([each]) => each !== process);
  return { ...state, parked: Object.fromEntries(parked === null ? others : [...others, [process, parked]]) };
}

function setBusy(state: RunState, process: string, busy: boolean): RunState {
  const parked = state.parked[process];
  return parked === undefined ? state : withParked(state, process, { ...parked, busy });
}

function issue(state: RunState, event: EventOf<'task-issued'>): RunState {
  const position = state.steps.findIndex((step) => step.plan.name === event.step);
  const process = event.inside ?? event.id;
  const busy = setBusy(state, process, true);
  return setStep({ ...busy, replay: state.replay?.process === process ? null : state.replay }, position, {
    status: 'running',
    next: event.attempt + 1,
    current: newAttempt(event.id, process, event.turn),
  });
}

function execute(state: RunState, event: EventOf<'task-executed'>): RunState {
  const { report } = event;
  const current = state.steps[findStep(state, event.id)]?.current;
  const changed = change(state, event.id, { phase: 'executed', report, reads: report.delta.reads, readUnits: report.delta.readUnits });
  const status = setStep(changed, findStep(changed, event.id), { status: 'executed' });
  if (current == null) return status;
  const ran = [...(state.parked[current.process]?.ran ?? []), event.id];
  return withParked(status, current.process, report.parked ? { ran, busy: false } : null);
}

function discard(state: RunState, event: EventOf<'task-discarded'>): RunState {
  const position = findStep(state, event.id);
  const step = state.steps[position];
  if (step?.current == null) return state;
  const outcome = step.current.report?.outcome;
  const by = state.steps.findIndex((each) => each.plan.name === event.by);
  const cause = state.steps[by];
  const cleared = setStep(withParked(state, step.current.process, null), position, {
    status: 'waiting',
    current: null,
    after: by < 0 ? step.after : new Set([...step.after, by]),
    everything: step.everything || event.everything,
    wants: outcome === 'elsewhere' ? [...new Set([...step.wants, ...(step.current.report?.wants ?? [])])] : step.wants,
  });
  if (cause === undefined) return cleared;
  const edge = { from: cause.plan.name, to: step.plan.name, names: [...event.because], code: [cause.plan.code, step.plan.code] as [string, string] };
  return { ...cleared, learned: [...state.learned.filter((each) => each.from !== edge.from || each.to !== edge.to), edge] };
}

function fail(state: RunState, event: EventOf<'task-failed'>): RunState {
  const step = state.steps[findStep(state, event.id)];
  const failure = event.failure ?? describeFailure(step?.current ?? null);
  return { ...settle(state, event.id, 'failed'), replay: null, failed: { step: step?.plan.name ?? event.id, failure } };
}

function settle(state: RunState, id: string, status: 'done' | 'reused' | 'failed'): RunState {
  return { ...setStep(state, findStep(state, id), { status }), settled: state.settled + 1 };
}

function issueReplay(state: RunState, event: EventOf<'task-issued'>): RunState {
  const replay = state.replay ?? { attempts: [], step: state.settled, done: 0, process: null, current: null, failure: null };
  const attempts = replay.attempts.length > replay.done ? replay.attempts : [...replay.attempts, event.replays ?? event.id];
  const position = state.steps.findIndex((step) => step.plan.name === event.step);
  return setStep({ ...state, replay: { ...replay, attempts, process: replay.process ?? event.id, current: event.id } }, position, { next: event.attempt + 1 });
}

function finishReplay(state: RunState, event: EventOf<'task-executed'>): RunState {
  const replay = state.replay;
  if (replay?.process == null) return state;
  if (event.report.outcome !== 'done') return breakReplay(state, event.report.failure?.message ?? `${event.id} could not be made again`);
  const parked = { ran: replay.attempts.slice(0, replay.done + 1), busy: false };
  return withParked({ ...state, replay: { ...replay, done: replay.done + 1, current: null } }, replay.process, event.report.parked ? parked : null);
}

/** What the cells raised, or the death of their process. */
function describeFailure(attempt: Attempt | null): Failure | null {
  const death = attempt?.death ?? null;
  if (attempt?.report != null) return attempt.report.failure;
  return death === null ? null : { type: 'Died', message: death.sentence, traceback: '', cell: death.cell, line: null };
}

function breakReplay(state: RunState, message: string): RunState {
  if (state.replay === null) return state;
  return { ...state, replay: { ...state.replay, current: null, failure: { type: 'NotStored', message, traceback: '', cell: null, line: null } } };
}
