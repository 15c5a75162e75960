// Frames: where each is, what is in it, which comes after which.

import { elementGroup, formatTask, parseTask, type PlannedStep, type Version, type World } from '@headwater/protocol';
import { newStep, type EndedBranch, type Fan, type Frame, type Region, type RunState, type StepState } from './state.ts';
import { Vector } from './vector.ts';

/** Every foreach with its end, by position. */
export function findRegions(steps: readonly PlannedStep[]): Map<number, Region> {
  const open: number[] = [];
  const found = new Map<number, Region>();
  for (const [at, { control }] of steps.entries()) {
    const begin = control.join === null ? undefined : open.pop();
    if (begin !== undefined) found.set(begin, { at: begin, end: at, joined: true });
    if (control.foreach !== null) open.push(at);
  }
  for (const at of open) found.set(at, { at, end: steps.length, joined: false });
  return found;
}

/** By position: the foreach steps it is a branch of, outermost first. */
export function findChains(steps: readonly PlannedStep[], regions: ReadonlyMap<number, Region>): number[][] {
  const ordered = [...regions.values()].sort((a, b) => a.at - b.at);
  return steps.map((_, position) => ordered.filter(({ at, end }) => at <= position && position < end).map(({ at }) => at));
}

/** The parts of a version or of an attempt's id. */
export function readAttempt(id: string): { task: string; step: string; indices: readonly number[]; splits: boolean; iteration: number | null } {
  const task = id.slice(0, id.lastIndexOf('.'));
  return { task, ...(parseTask(task) ?? { step: task, indices: [], splits: false, iteration: null }) };
}

/** Position of the step that made a version, or -1 for what was never there. */
export function positionOf(state: RunState, version: Version | null): number {
  return version === null ? -1 : state.positions.get(readAttempt(version).step) ?? -1;
}

export interface Place {
  readonly chain: readonly number[];
  readonly path: readonly number[];
  readonly position: number;
}

/** Where an attempt stands: the steps around it and its place in each. */
export function placeOfAttempt(state: RunState, id: string): Place {
  return placeOf(state, readAttempt(id));
}

export function placeOfTask(state: RunState, task: string): Place {
  return placeOf(state, parseTask(task) ?? { step: task, indices: [] });
}

function placeOf(state: RunState, { step, indices }: { step: string; indices: readonly number[] }): Place {
  const position = state.positions.get(step) ?? -1;
  return { chain: (state.chains[position] ?? []).slice(0, indices.length), path: indices, position };
}

/** The frame at a place, opened on the way if nothing has happened in it yet; null when it is over or was never there. */
export function frameAt(state: RunState, { chain, path }: Pick<Place, 'chain' | 'path'>): Frame | null {
  let frame: Frame = state;
  for (const [depth, index] of path.entries()) {
    const opener = chain[depth] ?? -1;
    const fan = frame.steps[opener - frame.first]?.fan ?? null;
    if (fan === null) return null;
    const branch = fan.branches.get(index) ?? openFrame(state, frame, { opener, fan, index });
    if (!isFrame(branch)) return null;
    frame = branch;
  }
  return frame;
}

export const isFrame = (branch: Frame | EndedBranch): branch is Frame => 'world' in branch;

/** A branch before anything happened in it: a copy of the world around it, with its item. */
export function openFrame(state: RunState, parent: Frame, { opener, fan, index }: { opener: number; fan: Fan; index: number }): Frame {
  const { end } = state.regions.get(opener) ?? { end: opener };
  const item = parent.steps[opener - parent.first]?.plan.control.foreach?.item ?? '';
  const base = withItem(parent.world, item, fan.split, index);
  const facts = fan.elements.values?.[index];
  const finals = parent.finals.has(item) ? new Set([...parent.finals].filter((name) => name !== item)) : parent.finals;
  return {
    chain: [...parent.chain, opener],
    path: [...parent.path, index],
    first: opener,
    steps: parent.steps.slice(opener - parent.first, end - parent.first).map(({ plan }) => newStep(plan)),
    settled: opener,
    base,
    world: base,
    values: facts === undefined ? parent.values : { ...parent.values, [item]: facts },
    finals,
    replay: null,
    copies: 0,
    failed: null,
  };
}

function withItem(world: World, item: string, split: string, index: number): World {
  const tombstones = { ...world.tombstones };
  Reflect.deleteProperty(tombstones, item);
  return { ...world, names: { ...world.names, [item]: [split, elementGroup(split, index)] }, tombstones };
}

/** With another frame at its place, and it noted as opened. */
export function setFrame(state: RunState, frame: Frame): RunState {
  const own = frame.path.length === 0 ? frame : placeFrame(state, state, frame);
  // The run is a frame and more; what it is beside that may have changed since.
  const { steps, settled, world, values, finals, replay, copies, failed } = own;
  return { ...state, steps, settled, world, values, finals, replay, copies, failed };
}

function placeFrame(state: RunState, parent: Frame, frame: Frame): Frame {
  const depth = parent.path.length;
  const [opener, index] = [frame.chain[depth] ?? -1, frame.path[depth] ?? -1];
  const fan = parent.steps[opener - parent.first]?.fan ?? null;
  if (fan === null) return parent;
  const known = fan.branches.get(index);
  const inner = frame.path.length === depth + 1
    ? frame
    : placeFrame(state, known !== undefined && isFrame(known) ? known : openFrame(state, parent, { opener, fan, index }), frame);
  const opened = index >= fan.opened ? { opened: index + 1, open: [...fan.open, index] } : {};
  return setStep(parent, opener, { fan: { ...fan, ...opened, branches: fan.branches.with(index, inner) } });
}

export function setStep<F extends Frame>(frame: F, position: number, part: Partial<StepState>): F {
  const at = position - frame.first;
  return { ...frame, steps: frame.steps.map((step, each) => (each === at ? { ...step, ...part } : step)) };
}

export function stepAt(frame: Frame, position: number): StepState | undefined {
  return frame.steps[position - frame.first];
}

/** The step after this one in the frame: a foreach that opens in it counts as one. */
export function nextPosition(state: RunState, frame: Frame, position: number): number {
  return opensIn(state, frame, position) ? state.regions.get(position)?.end ?? position + 1 : position + 1;
}

/** The foreach opens here, rather than this being its first step inside a branch. */
export function opensIn(state: RunState, frame: Frame, position: number): boolean {
  return state.regions.has(position) && frame.chain.at(-1) !== position;
}

export const endOf = (frame: Frame) => frame.first + frame.steps.length;

export function newFan(split: string, fan: Pick<Fan, 'elements' | 'list' | 'via'>): Fan {
  return { ...fan, split, opened: 0, open: [], failed: 0, branches: Vector.empty() };
}

/** `train[3]`, `fit@4`: the task of the step at `position` in this frame. */
export function taskIn(state: RunState, frame: Frame, position: number): string {
  const step = frame.steps[position - frame.first];
  if (step === undefined) return '';
  const splits = opensIn(state, frame, position);
  return formatTask({ step: step.plan.name, indices: frame.path, splits, iteration: step.plan.control.until === null || splits ? null : step.iteration });
}

/** The frames around one and itself, outermost first. */
export function framesTo(state: RunState, frame: Frame): Frame[] {
  const outer = frame.path.flatMap((_, depth): Frame[] => {
    const found = frameAt(state, { chain: frame.chain.slice(0, depth), path: frame.path.slice(0, depth) });
    return found === null ? [] : [found];
  });
  return [...outer, frame];
}

/** Steps settled before anything that still runs in the frame, those of the frames around it included, in order. */
export function settledTo(state: RunState, frame: Frame): StepState[] {
  return framesTo(state, frame).flatMap((each) => each.steps.slice(0, each.settled - each.first));
}

/** Every attempt of a step that committed, iterations included. */
export function commitsOf(step: StepState) {
  const last = step.current !== null && ['done', 'reused', 'caught'].includes(step.status) ? [step.current] : [];
  return [...step.past, ...last];
}

export const keyOf = (frame: Pick<Frame, 'chain' | 'path'>) => `${frame.chain.join(',')}:${frame.path.join(',')}`;
