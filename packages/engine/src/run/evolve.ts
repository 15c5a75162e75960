// How each event changes the state. Pure: the live run, recovery and every view fold the same events.

import { formatTask, parseTask, type Event, type Executed, type Failure, type World } from '@headwater/protocol';
import { endBranches, leaveUncounted } from './branches.ts';
import { frameAt, keyOf, findChains, findRegions, newFan, nextPosition, opensIn, placeOfAttempt, placeOfTask, setFrame, setStep, type Place } from './frames.ts';
import { noteWritten } from './apart.ts';
import { noteModules } from './modules.ts';
import { breakReplay, finishReplay, issueReplay } from './replay-events.ts';
import { INITIAL_STATE, newStep, type Attempt, type EventOf, type Frame, type Parked, type RunState, type StepState } from './state.ts';
import { isLastIteration, isTrue, noteOfEnd } from './conditions.ts';
import { isShortage } from './retry.ts';
import { askingAt, SOUGHT, takeRoom } from './room.ts';
import { readsList } from './via.ts';
import { applyDelta, applyFinals, currentVersion, viewFor } from './world.ts';

type Evolve<T extends Event['type']> = (state: RunState, event: EventOf<T>) => RunState;

const EVOLVE: { readonly [T in Event['type']]: Evolve<T> } = {
  'run-started': (_, event) => start(event),
  'worker-ready': (state) => state,
  'task-issued': issue,
  'task-began': (state, event) => change(state, event.id, { phase: 'began', reads: event.reads, readUnits: event.readUnits }),
  'task-held': (state, event) => setHeld(change(state, event.id, { phase: 'held', reads: event.reads, readUnits: event.readUnits }), event.id, true),
  'task-released': (state, event) => setHeld(change(state, event.id, { phase: 'began', turn: true }), event.id, false),
  'task-progress': (state, { id, done, total }) => change(state, id, { progress: { done, total } }),
  'task-missed': miss,
  'task-executed': execute,
  'task-died': (state, event) => die(state, event),
  'task-expired': (state, event) => die(state, event),
  'task-committed': (state, event) => commit(state, event.id, null),
  'task-caught': (state, event) => commit(state, event.id, 'caught'),
  'task-discarded': discard,
  'task-retried': (state, event) => inAttempt(state, event.id, (frame, { position }, step) => setStep(frame, position, {
    status: 'waiting', current: null, tries: step.tries + 1, shortages: step.shortages + (step.current !== null && isShortage(step.current) ? 1 : 0), pausing: event.wait > 0, everything: false,
  })),
  'task-due': (state, event) => inTask(state, event.id, (frame, { position }) => setStep(frame, position, { pausing: false })),
  'task-skipped': (state, event) => inTask(state, event.id, (frame, { position }) => skip(state, frame, { position, because: event.because })),
  'task-failed': fail,
  'task-stopped': (state, event) => inAttempt(leave(state, event.id), event.id, (frame, { position }) => setStep(frame, position, { status: 'stopped', current: null })),
  'process-gone': (state, event) => withParked(state, event.id, null),
  'stop-requested': (state) => ({ ...state, stopping: true }),
  'run-broken': (state) => ({ ...state, stopping: true, failed: state.failed ?? { step: '', failure: null } }),
  'run-ended': (state, event) => ({ ...state, status: event.status, steps: state.steps.map(leaveUncounted) }),
};

export function evolve(state: RunState, event: Event): RunState {
  const handle = EVOLVE[event.type] as (state: RunState, event: Event) => RunState;
  return { ...endBranches(handle(state, event)), events: event.n + 1 };
}

function start(event: EventOf<'run-started'>): RunState {
  const positions = new Map(event.steps.map((step, position) => [step.name, position]));
  const closing = event.steps.filter(({ closes }) => closes === null).length;
  const regions = findRegions(event.steps.slice(0, closing));
  return {
    ...INITIAL_STATE,
    failFast: event.failFast,
    workers: event.workers,
    workersElsewhere: event.workersElsewhere,
    memoryBytes: event.memoryBytes,
    gpus: event.gpus,
    positions,
    regions,
    closing,
    chains: findChains(event.steps, regions),
    after: event.steps.map((plan, position) => new Set(plan.after.map((name) => positions.get(name) ?? -1).filter((at) => at >= 0 && at < position))),
    steps: event.steps.map(newStep),
  };
}

// ---------------------------------------------------------------- parts of the state

type Change = (frame: Frame, place: Place, step: StepState) => Frame;

function inPlace(state: RunState, place: Place, part: Change): RunState {
  const touched = { ...state, touched: { chain: place.chain, path: place.path } };
  const frame = frameAt(state, place);
  const step = frame?.steps[place.position - frame.first];
  return frame === null || step === undefined ? touched : setFrame(touched, part(frame, place, step));
}

const inTask = (state: RunState, task: string, part: Change) => inPlace(state, placeOfTask(state, task), part);

/** Only while it is the step's current attempt. */
function inAttempt(state: RunState, id: string, part: Change): RunState {
  return inPlace(state, placeOfAttempt(state, id), (frame, place, step) => (step.current?.id === id ? part(frame, place, step) : frame));
}

function change(state: RunState, id: string, part: Partial<Attempt>): RunState {
  return inAttempt(state, id, (frame, { position }, { current }) => (current === null ? frame : setStep(frame, position, { current: { ...current, ...part } })));
}

function setHeld(state: RunState, id: string, held: boolean): RunState {
  const active = state.active.get(id);
  return active === undefined ? state : { ...state, active: state.active.with(id, { ...active, held }) };
}

/** Its process runs no longer. */
function leave(state: RunState, id: string): RunState {
  return state.active.get(id) === undefined ? state : { ...state, active: state.active.without(id) };
}

function withParked(state: RunState, process: string, parked: Parked | null): RunState {
  if (parked === null && !(process in state.parked)) return state;
  const others = Object.entries(state.parked).filter(([each]) => each !== process);
  return { ...state, parked: Object.fromEntries(parked === null ? others : [...others, [process, parked]]) };
}

function setBusy(state: RunState, process: string, busy: boolean): RunState {
  const parked = state.parked[process];
  return parked === undefined ? state : withParked(state, process, { ...parked, busy });
}

// ---------------------------------------------------------------- attempts

function issue(state: RunState, event: EventOf<'task-issued'>): RunState {
  const place = placeOfAttempt(state, event.id);
  const around = frameAt(state, place);
  const step = (around === null ? undefined : askingAt(state, around, place.position)) ?? state.steps[place.position];
  const started = step === undefined ? state : { ...state, active: state.active.with(event.id, event.sought ? SOUGHT : takeRoom(state, step)) };
  if (event.replays !== null) return inPlace(started, place, (frame) => issueReplay(state, frame, event));
  const process = event.inside ?? event.id;
  return inPlace(setBusy(started, process, true), place, (frame, { position }) => setStep(
    { ...frame, replay: frame.replay?.process === process ? null : frame.replay },
    position,
    { status: 'running', next: event.attempt + 1, current: newAttempt(event, process, viewFor(frame, position)), catching: null },
  ));
}

/** As if it had not been issued, but that nobody looks again. */
function miss(state: RunState, { id }: EventOf<'task-missed'>): RunState {
  return inAttempt(leave(state, id), id, (frame, { position }, step) => setStep(frame, position, { status: 'waiting', current: null, next: step.next - 1, missed: true }));
}

function newAttempt({ id, turn, caught }: EventOf<'task-issued'>, process: string, world: World): Attempt {
  return { id, phase: 'issued', turn, process, world, reads: {}, readUnits: {}, report: null, death: null, progress: null, caught };
}

function execute(state: RunState, event: EventOf<'task-executed'>): RunState {
  const { report, id } = event;
  const place = placeOfAttempt(state, id);
  const frame = frameAt(state, place);
  const left = leave(state, id);
  if (frame === null) return left;
  if (frame.replay?.current === id) return executeReplay(left, frame, event);
  const current = frame.steps[place.position - frame.first]?.current;
  if (current?.id !== id) return left;
  const executed = inPlace(left, place, () => setStep(frame, place.position, {
    status: 'executed', current: { ...current, phase: 'executed', report, reads: report.delta.reads, readUnits: report.delta.readUnits },
  }));
  const ran = [...(state.parked[current.process]?.ran ?? []), id];
  return withParked(executed, current.process, report.parked ? { ran, busy: false, frame: keyOf(frame) } : null);
}

function executeReplay(state: RunState, frame: Frame, event: EventOf<'task-executed'>): RunState {
  const process = frame.replay?.process ?? event.id;
  const ran = frame.replay?.attempts.slice(0, frame.replay.done + 1) ?? [];
  const isParked = event.report.outcome === 'done' && event.report.parked;
  const finished = inPlace(state, placeOfAttempt(state, event.id), () => finishReplay(frame, event));
  return withParked(finished, process, isParked ? { ran, busy: false, frame: keyOf(frame) } : null);
}

function die(state: RunState, { id, report }: EventOf<'task-died' | 'task-expired'>): RunState {
  const place = placeOfAttempt(state, id);
  const frame = frameAt(state, place);
  const left = leave(state, id);
  if (frame?.replay?.current === id) return inPlace(left, place, () => breakReplay(frame, report.sentence));
  return withParked(change(left, id, { phase: 'died', death: report }), id, null);
}

function discard(state: RunState, event: EventOf<'task-discarded'>): RunState {
  const place = placeOfAttempt(state, event.id);
  const frame = frameAt(state, place);
  const step = frame?.steps[place.position - frame.first];
  if (frame === null || step?.current?.id !== event.id) return state;
  const { report, process } = step.current;
  const cleared = inPlace(withParked(leave(state, event.id), process, null), place, () => setStep(frame, place.position, {
    status: 'waiting',
    current: null,
    missed: false,
    everything: step.everything || event.everything,
    wants: report?.outcome === 'elsewhere' ? [...new Set([...step.wants, ...report.wants])] : step.wants,
  }));
  return learn(cleared, place.position, event);
}

/** The edge from the step that proved the guess wrong. */
function learn(state: RunState, position: number, event: EventOf<'task-discarded'>): RunState {
  const by = event.by === null ? -1 : state.positions.get(event.by) ?? -1;
  const [cause, step] = [state.steps[by]?.plan, state.steps[position]?.plan];
  if (cause === undefined || step === undefined) return state;
  const edge = { from: cause.name, to: step.name, names: [...event.because], code: [cause.code, step.code] as [string, string] };
  return {
    ...state,
    after: state.after.map((before, at) => (at === position ? new Set([...before, by]) : before)),
    learned: [...state.learned.filter((each) => each.from !== edge.from || each.to !== edge.to), edge],
  };
}

// ---------------------------------------------------------------- how a step ends

function commit(state: RunState, id: string, status: 'caught' | null): RunState {
  return inAttempt(noteFiles(state, id), id, (frame, { position }, step) => {
    if (step.current?.report == null) return frame;
    const { report } = step.current;
    const settled = setStep(frame, position, { status: status ?? (report.origin === null ? 'done' : 'reused') });
    if (step.plan.closes !== null) return settled;
    if (report.elements !== null && opensIn(state, frame, position)) return openFan(state, frame, { position, step, report });
    const after = { ...settled, ...applyReport(frame, report) };
    return goesOn(after, step) ? repeat(after, position, step.current) : advance(state, setStep(after, position, { note: noteOfEnd(after, step) }), position);
  });
}

function applyReport(frame: Frame, { delta, values }: Executed): Pick<Frame, 'world' | 'finals' | 'values'> {
  return { world: applyDelta(frame.world, delta), finals: applyFinals(frame.finals, delta), values: { ...frame.values, ...values } };
}

function noteFiles(state: RunState, id: string): RunState {
  const place = placeOfAttempt(state, id);
  const frame = frameAt(state, place);
  const step = frame?.steps[place.position - frame.first];
  const report = step?.current?.report ?? null;
  if (step === undefined || report === null) return state;
  const written = state.steps.every(({ plan }) => plan.where === 'local') ? state.written : noteWritten(state.written, step);
  return { ...state, written, modules: noteModules(state.modules, step.plan.name, report) };
}

/** Another iteration follows. */
function goesOn(frame: Frame, { plan: { control: { until } }, iteration }: StepState): boolean {
  return until !== null && !isLastIteration(until, iteration) && !isTrue(frame, until.name);
}

function repeat(frame: Frame, position: number, done: Attempt): Frame {
  const step = frame.steps[position - frame.first];
  return setStep(frame, position, {
    status: 'waiting', current: null, next: 0, tries: 0, shortages: 0, missed: false, everything: false, wants: [], iteration: (step?.iteration ?? 0) + 1, past: [...(step?.past ?? []), done],
  });
}

function openFan(state: RunState, frame: Frame, { position, step, report }: { position: number; step: StepState; report: Executed }): Frame {
  const elements = report.elements ?? { count: 0, labels: [], tied: null, values: null };
  const list = step.plan.control.foreach?.list ?? '';
  const fan = newFan(report.id, { elements, list: currentVersion(frame.world, list), via: readsList(state, position, elements.tied) });
  const opened = setStep(frame, position, { status: elements.count === 0 ? 'done' : 'running', fan });
  return elements.count === 0 ? advance(state, opened, position) : opened;
}

function advance(state: RunState, frame: Frame, position: number): Frame {
  return { ...frame, settled: nextPosition(state, frame, position) };
}

/** A foreach is skipped with its branches and its join. */
function skip(state: RunState, frame: Frame, { position, because }: { position: number; because: string }): Frame {
  const next = nextPosition(state, frame, position);
  const last = opensIn(state, frame, position) && state.regions.get(position)?.joined === true ? next + 1 : next;
  const steps = frame.steps.map((step, at) => (at >= position - frame.first && at < last - frame.first ? { ...step, status: 'skipped' as const, note: because } : step));
  return { ...frame, steps, settled: position < state.closing ? last : frame.settled };
}

function fail(state: RunState, event: EventOf<'task-failed'>): RunState {
  const attempt = placeOfAttempt(state, event.id);
  const frame = frameAt(state, attempt);
  const isAttempt = frame?.steps[attempt.position - frame.first]?.current?.id === event.id;
  const place = isAttempt ? attempt : placeOfTask(state, event.id);
  let failed: RunState['failures'] = [];
  if (place.position >= state.closing) return inPlace(state, place, (found, { position }) => ({ ...setStep(found, position, { status: 'failed', note: event.failure?.message ?? null }), replay: null }));
  const next = inPlace(state, place, (found, { position }, step) => {
    const task = nameOf(isAttempt ? event.id.slice(0, event.id.lastIndexOf('.')) : event.id);
    const failure = event.failure ?? describeFailure(step.current);
    failed = [{ step: task, failure }];
    return { ...setStep(found, position, { status: 'failed' }), settled: found.settled + 1, replay: null, failed: { step: task, failure } };
  });
  return { ...next, failures: [...state.failures, ...failed] };
}

/** A list that cannot be taken apart is a failure of the step. */
function nameOf(task: string): string {
  const parsed = parseTask(task);
  return parsed?.splits === true ? formatTask({ ...parsed, splits: false }) : task;
}

/** What the cells raised, or the death of their process. */
export function describeFailure(attempt: Attempt | null): Failure | null {
  const death = attempt?.death ?? null;
  if (attempt?.report != null) return attempt.report.failure;
  if (death === null) return null;
  return { type: death.cause === 'timeout' ? 'Timeout' : 'Died', message: death.sentence, traceback: '', cell: death.cell, line: null };
}
