// What happens next: one event at a time, or null when there is only waiting left. Pure.

import type { EventBody, Executed, Failure } from '@headwater/protocol';
import { isReplayable, planReplay } from './replay.ts';
import { findNeeds, providersDone } from './needs.ts';
import { positionOf, type Attempt, type RunState, type StepState } from './state.ts';
import { changedKeys, movedGroups, skippedFinals, staleReads } from './world.ts';

export function decide(state: RunState): EventBody | null {
  if (state.status !== 'running' || state.steps.length === 0) return null;
  return contradict(state) ?? settleNext(state) ?? stopOrEnd(state) ?? issueNext(state);
}

// ---------------------------------------------------------------- guesses proven wrong early

/** An attempt that read what a settled step has changed since, or what a discarded attempt had made, cannot hold: it stops at once. */
function contradict(state: RunState): EventBody | null {
  for (const [position, step] of state.steps.entries()) {
    const attempt = step.current;
    if (position < state.settled || attempt === null) continue;
    const wrong = findContradiction(state, position, attempt);
    if (wrong !== null) return wrong;
  }
  return null;
}

function findContradiction(state: RunState, position: number, attempt: Attempt): EventBody | null {
  const reads = { ...attempt.reads, ...attempt.readUnits };
  for (const [key, version] of Object.entries(reads)) {
    if (version !== null && isDiscarded(state, version)) return discardFor(attempt.id, [key], version.slice(0, version.lastIndexOf('.')));
    const maker = positionOf(state, version);
    const changer = state.steps.slice(0, state.settled).findLast((step) => changes(step, key));
    if (changer === undefined) continue;
    const at = state.steps.indexOf(changer);
    if (at > maker && at < position) return discardFor(attempt.id, [key], changer.plan.name);
  }
  return null;
}

function isDiscarded(state: RunState, version: string): boolean {
  const maker = state.steps[positionOf(state, version)];
  return maker !== undefined && maker.current?.id !== version;
}

function changes(step: StepState, key: string): boolean {
  const report = step.current?.report;
  return step.current !== null && report?.outcome === 'done' && changedKeys(report.delta, step.current.id).includes(key);
}

function discardFor(id: string, keys: readonly string[], by: string | null): EventBody {
  const names = keys.filter((key) => !key.includes(':'));
  const what = names.length > 0 ? names.map((name) => `\`${name}\``).join(', ') : 'a function or class';
  return { type: 'task-discarded', id, because: names, by, everything: false, sentence: by === null ? `it runs again with ${what}` : `${by} changed ${what} after it was read` };
}

// ---------------------------------------------------------------- commit in notebook order

function settleNext(state: RunState): EventBody | null {
  const attempt = state.steps[state.settled]?.current;
  if (state.failed !== null || attempt == null) return null;
  switch (attempt.phase) {
    case 'issued':
    case 'began':
      return null;
    case 'held':
      return state.stopping ? null : validate(state, attempt) ?? { type: 'task-released', id: attempt.id };
    case 'died':
      return validate(state, attempt) ?? { type: 'task-failed', id: attempt.id, failure: null };
    case 'executed':
      return settleExecuted(state, attempt);
  }
}

function settleExecuted(state: RunState, attempt: Attempt): EventBody | null {
  const report = attempt.report;
  if (report === null) return null;
  const wrong = validate(state, attempt);
  if (wrong !== null) return wrong;
  switch (report.outcome) {
    case 'done':
      return runFinalizers(state, report) ?? { type: 'task-committed', id: attempt.id };
    case 'failed':
      return { type: 'task-failed', id: attempt.id, failure: null };
    case 'again':
      return { type: 'task-discarded', id: attempt.id, because: [], by: null, everything: true, sentence: 'it raised while some names were not loaded: it runs again with all of them' };
    case 'elsewhere':
      return { type: 'task-discarded', id: attempt.id, because: report.wants, by: null, everything: false, sentence: `${report.wants.join(', ')} can only be read in the process that made it` };
  }
}

/** A name bound again without having been loaded: its finalizer has to run where Run All would run it. */
function runFinalizers(state: RunState, { id, delta }: Executed): EventBody | null {
  const names = skippedFinals(state.finals, delta);
  if (names.length === 0) return null;
  return { type: 'task-discarded', id, because: names, by: null, everything: true, sentence: `it runs again with ${names.join(', ')}, whose \`__del__\` it calls` };
}

function validate(state: RunState, attempt: Attempt): EventBody | null {
  const stale = staleReads(state.world, attempt.reads, attempt.readUnits);
  const moved = movedGroups(state.world, attempt.report?.delta.based ?? {});
  const wrong = [...new Set([...stale, ...moved])];
  if (wrong.length === 0) return null;
  const changer = state.steps.slice(0, state.settled).findLast((step) => {
    const delta = step.current?.report?.delta;
    return delta !== undefined && wrong.some((key) => key in delta.binds || key in delta.units || key in delta.tombstones || delta.unbinds.includes(key));
  });
  return discardFor(attempt.id, wrong, changer?.plan.name ?? null);
}

// ---------------------------------------------------------------- the end

const isRunning = (step: StepState) => step.current !== null && ['issued', 'began', 'held'].includes(step.current.phase);

function stopOrEnd(state: RunState): EventBody | null {
  const rest = state.steps.slice(state.settled);
  if (rest.length === 0 && state.failed === null) return { type: 'run-ended', status: 'done' };
  if (!state.stopping && state.failed === null) return null;
  // After a failure what already runs may finish; what waits at an effect outside never will.
  const victim = rest.find((step) => isRunning(step) && (state.stopping || state.failFast || step.current?.phase === 'held'));
  if (victim?.current != null) return { type: 'task-stopped', id: victim.current.id };
  if (rest.some(isRunning)) return null;
  return { type: 'run-ended', status: state.failed === null ? 'stopped' : 'failed' };
}

// ---------------------------------------------------------------- issue early

function issueNext(state: RunState): EventBody | null {
  if (state.replay !== null) return continueReplay(state);
  const room = findRoom(state);
  for (const [position, step] of state.steps.entries()) {
    if (position < state.settled || step.current !== null || !room(step, position)) continue;
    const event = issueStep(state, position);
    if (event !== null) return event;
  }
  return null;
}

/** Asked in notebook order: nobody overtakes a step that waits for room on this machine; what runs elsewhere needs none of it. */
function findRoom(state: RunState): (step: StepState, position: number) => boolean {
  const running = state.steps.filter((step) => isRunning(step) && step.current?.phase !== 'held');
  const here = running.filter((step) => step.plan.where === 'local');
  let full = false;
  return (step, position) => {
    if (step.plan.where !== 'local') return running.length - here.length < state.workersElsewhere;
    full ||= position > state.settled && !hasRoom(state, step, here);
    return !full;
  };
}

/** The step whose turn it is always fits; others by cores and by the memory they took last time. */
function hasRoom(state: RunState, step: StepState, running: readonly StepState[]): boolean {
  if (running.length >= state.workers) return false;
  const used = running.reduce((sum, each) => sum + (each.plan.expectedBytes ?? 0), 0);
  return running.length === 0 || state.memoryBytes === 0 || used + (step.plan.expectedBytes ?? 0) <= state.memoryBytes;
}

function issueStep(state: RunState, position: number): EventBody | null {
  const step = state.steps[position];
  if (step === undefined || !providersDone(state, step)) return null;
  const turn = position === state.settled;
  const needs = findNeeds(state, position);
  if (needs.turn && !turn) return null;
  if (needs.makers.length === 0) return issue(step, turn, null);
  const processes = Object.entries(state.parked).filter(([, parked]) => needs.makers.some((maker) => parked.ran.includes(maker)));
  const [only] = processes;
  if (processes.length === 1 && only !== undefined && needs.makers.every((maker) => only[1].ran.includes(maker))) {
    return only[1].busy ? null : issue(step, turn, only[0]);
  }
  return startReplay(state, step, needs.makers);
}

function issue(step: StepState, turn: boolean, inside: string | null): EventBody {
  const { name } = step.plan;
  const everything = step.everything || step.plan.openness === 'opaque';
  return { type: 'task-issued', id: `${name}.${step.next}`, step: name, task: name, attempt: step.next, turn, everything, inside, replays: null };
}

// ---------------------------------------------------------------- make again what could not be stored

function startReplay(state: RunState, step: StepState, makers: readonly string[]): EventBody {
  const attempts = planReplay(state, makers);
  const lasting = attempts.find((attempt) => !isReplayable(state, attempt));
  if (lasting === undefined) return replayEvent(state, attempts[0] ?? '', null);
  return { type: 'task-failed', id: step.plan.name, failure: cannotBeRead(state, step, lasting) };
}

function continueReplay(state: RunState): EventBody | null {
  const replay = state.replay;
  if (replay === null || replay.current !== null) return null;
  const step = state.steps[state.settled];
  if (step === undefined) return null;
  if (replay.failure !== null) return { type: 'task-failed', id: step.plan.name, failure: replay.failure };
  const needed = planReplay(state, findNeeds(state, state.settled).makers);
  const next = needed[replay.done];
  if (next !== undefined) return replayEvent(state, next, replay.process);
  return issue(step, true, replay.process);
}

function replayEvent(state: RunState, attempt: string, inside: string | null): EventBody {
  const step = state.steps[positionOf(state, attempt)];
  const name = step?.plan.name ?? '';
  const number = step?.next ?? 0;
  return { type: 'task-issued', id: `${name}.${number}`, step: name, task: name, attempt: number, turn: true, everything: false, inside, replays: attempt };
}

function cannotBeRead(state: RunState, step: StepState, attempt: string): Failure {
  const maker = state.steps[positionOf(state, attempt)]?.plan.name ?? attempt;
  const found = Object.entries(state.world.tombstones).find(([, tombstone]) => tombstone.version === attempt);
  const what = found === undefined ? 'a value' : `\`${found[0]}\` (${found[1].reason})`;
  return {
    type: 'NotStored',
    message: `${step.plan.name} reads ${what} of ${maker}, which cannot be stored, and ${maker} wrote outside, so it cannot run twice. Put both in one step, or make it in setup.`,
    traceback: '',
    cell: null,
    line: null,
  };
}
