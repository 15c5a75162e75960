// Issue early: the next attempt that may start, if there is room for it.

import type { EventBody, Failure } from '@headwater/protocol';
import { engineFailure } from './conditions.ts';
import { endOf, framesTo, isFrame, keyOf, nextPosition, openFrame, opensIn, positionOf, readAttempt, stepAt, taskIn } from './frames.ts';
import { findNeeds, providersDone } from './needs.ts';
import { isReplayable, planReplay } from './replay.ts';
import { askingAt, hasGpus, hasRoom, isLocal, maySeek, mayOpenAhead } from './room.ts';
import { settleNext } from './settle.ts';
import type { Fan, Frame, RunState, StepState } from './state.ts';

export function issueNext(state: RunState): EventBody | null {
  return issueIn(state, state);
}

function issueIn(state: RunState, frame: Frame): EventBody | null {
  if (frame.failed !== null) return null;
  if (frame.replay !== null) return continueReplay(state, frame);
  // Nobody overtakes a step that waits for room where it runs itself; other places have room of their own.
  const full: boolean[] = [];
  for (let position = frame.settled; position < Math.min(endOf(frame), state.closing); position = nextPosition(state, frame, position)) {
    const step = stepAt(frame, position);
    if (step === undefined) return null;
    const here = isLocal(askingAt(state, frame, position) ?? step);
    const event = full.includes(here) && !isSought(step) ? null : issueAt(state, frame, { position, step });
    if (event === 'full') full.push(here);
    else if (event !== null) return event;
  }
  return null;
}

function issueAt(state: RunState, frame: Frame, { position, step }: { position: number; step: StepState }): EventBody | 'full' | null {
  if (step.fan !== null) return position === frame.settled ? issueBranches(state, frame, { opener: position, fan: step.fan }) : null;
  if (step.current !== null || step.pausing) return null;
  if (isSought(step)) return maySeek(state) ? issueStep(state, frame, position) : null;
  return fits(state, frame, { position, step }) ? issueStep(state, frame, position) : 'full';
}

function fits(state: RunState, frame: Frame, { position, step }: { position: number; step: StepState }): boolean {
  const asking = askingAt(state, frame, position) ?? step;
  return (position === frame.settled && frame.path.length === 0 && hasGpus(state, asking)) || hasRoom(state, asking);
}

/** Just the step whose turn it is. */
export function issueOnly(state: RunState, frame: Frame): EventBody | null {
  if (frame.replay !== null) return continueReplay(state, frame);
  const step = stepAt(frame, frame.settled);
  const event = step === undefined ? null : issueAt(state, frame, { position: frame.settled, step });
  return event === 'full' ? null : event;
}

interface Foreach {
  readonly opener: number;
  readonly fan: Fan;
}

/** Branches under way first, in the order of the list, then the next one. Without room there may still be something to look for. */
function issueBranches(state: RunState, frame: Frame, foreach: Foreach): EventBody | null {
  const { opener, fan } = foreach;
  const step = stepAt(frame, opener);
  const room = step !== undefined && hasRoom(state, step);
  if (!room && !mayFind(state, opener)) return null;
  const open = room && mayWait(state, fan) ? fan.open : touchedBranch(state, frame, opener);
  return issueUnderWay(state, fan, open) ?? (room || mayOpenAhead(fan) ? issueNextBranch(state, frame, foreach) : null);
}

function issueUnderWay(state: RunState, fan: Fan, indices: readonly number[]): EventBody | null {
  for (const index of indices) {
    const branch = fan.branches.get(index);
    const event = branch === undefined || !isFrame(branch) ? null : issueIn(state, branch);
    if (event !== null) return event;
  }
  return null;
}

function issueNextBranch(state: RunState, frame: Frame, { opener, fan }: Foreach): EventBody | null {
  if (fan.opened >= fan.elements.count) return null;
  const branch = openFrame(state, frame, { opener, fan, index: fan.opened });
  return settleNext(state, branch) ?? issueIn(state, branch);
}

function mayFind(state: RunState, opener: number): boolean {
  return maySeek(state) && state.steps.slice(opener, state.regions.get(opener)?.end).some(({ plan }) => plan.sought);
}

/** Some branch under way may wait for room. While results of hundreds are looked for, each of them has its attempt. */
function mayWait({ active }: RunState, { open }: Fan): boolean {
  return active.sought.length === 0 || open.length > active.size;
}

/** The branch that the last event was about: without room only there something new may be looked for. */
function touchedBranch({ touched: { chain, path } }: RunState, frame: Frame, opener: number): number[] {
  const depth = frame.path.length;
  const isWithin = chain[depth] === opener && frame.path.every((index, at) => index === path[at]);
  return isWithin ? path.slice(depth, depth + 1) : [];
}

/** Not before everything above is settled: what it does is decided on committed values. */
function waitsForTurn(state: RunState, frame: Frame, position: number): boolean {
  const control = frame.steps[position - frame.first]?.plan.control;
  return opensIn(state, frame, position) || (control !== undefined && (control.join !== null || control.until !== null || control.when.length > 0));
}

function issueStep(state: RunState, frame: Frame, position: number): EventBody | null {
  const step = frame.steps[position - frame.first];
  if (step === undefined || !providersDone(state, frame, position)) return null;
  const turn = position === frame.settled;
  if (!turn && waitsForTurn(state, frame, position)) return null;
  if (opensIn(state, frame, position)) return issue(state, frame, { position, inside: null });
  const needs = findNeeds(frame, position);
  if (needs.turn && !turn) return null;
  if (isSought(step)) return issue(state, frame, { position, inside: null });
  return needs.makers.length === 0 ? issue(state, frame, { position, inside: null }) : issueInside(state, frame, { position, makers: needs.makers });
}

/** In the process that holds what the step reads, or in one that makes it again. */
function issueInside(state: RunState, frame: Frame, { position, makers }: { position: number; makers: readonly string[] }): EventBody | null {
  if (!isOneEnvironment(state, position, makers)) return { type: 'task-failed', id: taskIn(state, frame, position), failure: cannotBeShared(state, frame, makers[0] ?? '') };
  const processes = Object.entries(state.parked).filter(([, parked]) => parked.frame === keyOf(frame) && makers.some((maker) => parked.ran.includes(maker)));
  const [only] = processes;
  if (processes.length === 1 && only !== undefined && makers.every((maker) => only[1].ran.includes(maker))) {
    return only[1].busy ? null : issue(state, frame, { position, inside: only[0] });
  }
  return startReplay(state, frame, makers);
}

/** What lives in a process of one environment is not what another would have made of it. */
function isOneEnvironment(state: RunState, position: number, makers: readonly string[]): boolean {
  const own = state.steps[position]?.plan.environment ?? null;
  return makers.every((maker) => (state.steps[positionOf(state, maker)]?.plan.environment ?? null) === own);
}

function issue(state: RunState, frame: Frame, { position, inside }: { position: number; inside: string | null }): EventBody | null {
  const step = frame.steps[position - frame.first];
  if (step === undefined) return null;
  const task = taskIn(state, frame, position);
  const everything = !opensIn(state, frame, position) && (step.everything || step.plan.openness === 'opaque');
  return {
    type: 'task-issued', id: `${task}.${step.next}`, step: step.plan.name, task, attempt: step.next,
    turn: position === frame.settled, everything, inside, replays: null, caught: null, sought: isSought(step),
  };
}

function isSought({ plan, missed }: StepState): boolean {
  return plan.sought && !missed;
}

// ---------------------------------------------------------------- make again what could not be stored

function startReplay(state: RunState, frame: Frame, makers: readonly string[]): EventBody {
  const attempts = planReplay(state, frame, makers);
  const lasting = attempts.find((attempt) => !isReplayable(state, frame, attempt));
  if (lasting === undefined) return replayEvent(state, frame, { attempt: attempts[0] ?? '', inside: null });
  return { type: 'task-failed', id: taskIn(state, frame, frame.settled), failure: cannotBeRead(state, frame, lasting) };
}

function continueReplay(state: RunState, frame: Frame): EventBody | null {
  const { replay } = frame;
  if (replay === null || replay.current !== null) return null;
  if (replay.failure !== null) return { type: 'task-failed', id: taskIn(state, frame, frame.settled), failure: replay.failure };
  const next = planReplay(state, frame, findNeeds(frame, frame.settled).makers)[replay.done];
  if (next !== undefined) return replayEvent(state, frame, { attempt: next, inside: replay.process });
  return issue(state, frame, { position: frame.settled, inside: replay.process });
}

function replayEvent(state: RunState, frame: Frame, { attempt, inside }: { attempt: string; inside: string | null }): EventBody {
  const { step } = readAttempt(attempt);
  const isOwn = frame.path.length === 0;
  const number = isOwn ? state.steps[positionOf(state, attempt)]?.next ?? 0 : frame.copies;
  const task = isOwn ? step : `${taskIn(state, frame, frame.settled)}~${step}`;
  return { type: 'task-issued', id: `${task}.${number}`, step, task, attempt: number, turn: true, everything: false, inside, replays: attempt, caught: null, sought: false };
}

function cannotBeRead(state: RunState, frame: Frame, attempt: string): Failure {
  const { maker, reader, what } = describeReading(state, frame, attempt);
  return engineFailure('NotStored', `${reader} reads ${what} of ${maker}, which cannot be stored, and ${maker} wrote outside, so it cannot run twice. Put both in one step, or make it in setup.`);
}

function cannotBeShared(state: RunState, frame: Frame, attempt: string): Failure {
  const { maker, reader, what } = describeReading(state, frame, attempt);
  return engineFailure('NotStored', `${reader} reads ${what} of ${maker}, which cannot be stored, and the two have different environments. Put both in one step, or give them the same environment.`);
}

function describeReading(state: RunState, frame: Frame, attempt: string): { maker: string; reader: string; what: string } {
  const maker = readAttempt(attempt).step;
  const reader = frame.steps[frame.settled - frame.first]?.plan.name ?? '';
  const worlds = framesTo(state, frame).map(({ world }) => world);
  const found = worlds.flatMap(({ tombstones }) => Object.entries(tombstones)).find(([, tombstone]) => tombstone.version === attempt);
  return { maker, reader, what: found === undefined ? 'a value' : `\`${found[0]}\` (${found[1].reason})` };
}
