// What an attempt is told beside its cells and its world: its place, the list it takes apart, the branches it joins.

import type { Asks, Start, World } from '@headwater/protocol';
import { engineFailure } from './conditions.ts';
import { commitsOf, framesTo, isFrame, opensIn, placeOfAttempt, stepAt } from './frames.ts';
import { isRetried } from './retry.ts';
import { askingAt, gpusOf, memoryLimit, type Asking } from './room.ts';
import type { EventOf, Frame, RunState, StepState } from './state.ts';
import { currentVersion } from './world.ts';

/** GPUs by their number on this machine: what the driver calls them is the executor's matter. */
export type Setting = Pick<Start, 'indices' | 'iteration' | 'tries' | 'watch' | 'split' | 'elements' | 'inputs' | 'catches' | 'caught' | 'failed' | 'memoryLimit'> & { readonly gpus: readonly number[] | null; /** In place of what its step's tags say. */ readonly asks?: Asks };

interface Issued {
  readonly event: EventOf<'task-issued'>;
  readonly world: World;
}

const PLAIN: Setting = { indices: [], iteration: null, tries: 0, watch: [], split: null, elements: [], inputs: null, catches: null, caught: null, failed: null, memoryLimit: null, gpus: null };

export function describeStart(state: RunState, frame: Frame, { event, world }: Issued): Setting {
  const { position } = placeOfAttempt(state, event.id);
  const step = stepAt(frame, position);
  const here = { ...PLAIN, ...describeRoom(state, step, event), indices: [...frame.path], tries: step?.tries ?? 0 };
  // What is made again gives only what it gave; the tags of the step that needs it do not apply.
  if (step === undefined || event.replays !== null) return { ...here, elements: describeElements(state, frame, world) };
  const { control } = step.plan;
  if (opensIn(state, frame, position)) return { ...here, ...describeSplit(state, frame, { position, event }) };
  return {
    ...here,
    iteration: control.until === null ? null : step.iteration,
    watch: watchedNames(state),
    elements: describeElements(state, frame, world),
    inputs: control.join === null ? null : describeInputs(state, frame, { position, all: control.join.all }),
    catches: control.catches === null ? null : { name: control.catches, last: !isRetried(step, 'any'), lastOfMemory: !isRetried(step, 'oom') },
    caught: event.caught,
    failed: step.plan.closes === null ? null : describeRunFailure(state),
  };
}

/** A list is taken apart with the room of where it was made. */
function describeSplit(state: RunState, frame: Frame, { position, event }: { position: number; event: EventOf<'task-issued'> }): Partial<Setting> {
  const asking = askingAt(state, frame, position);
  const split = stepAt(frame, position)?.plan.control.foreach ?? null;
  return { watch: watchedNames(state), split, ...describeRoom(state, asking, event), ...(asking === undefined ? {} : { asks: asking.plan.asks }) };
}

function describeRunFailure({ failed, failures }: RunState): Start['failed'] {
  const first = failed ?? failures[0] ?? null;
  return first === null ? null : { task: first.step, failure: first.failure ?? engineFailure('Failed', 'It ended without an error of its own.') };
}

/** Of an attempt that joins a process, what that process has. */
function describeRoom(state: RunState, step: Asking | undefined, event: EventOf<'task-issued'>): Pick<Setting, 'memoryLimit' | 'gpus'> {
  if (step === undefined || event.inside !== null) return { memoryLimit: null, gpus: null };
  return { memoryLimit: memoryLimit(step), gpus: gpusOf(state, step) };
}

/** Names that some condition of the flow asks for. */
function watchedNames(state: RunState): string[] {
  const controls = state.steps.map(({ plan }) => plan.control);
  return [...new Set(controls.flatMap(({ when, until }) => [...when.map(({ name }) => name), ...(until === null ? [] : [until.name])]))];
}

/** Items around the attempt that are still those of their lists, and share something with them. */
function describeElements(state: RunState, frame: Frame, world: World): Start['elements'] {
  const frames = framesTo(state, frame);
  return frame.path.flatMap((index, depth) => {
    const step = openerAt(frames[depth], frame.chain[depth]);
    return step === undefined ? [] : describeElement(step, index, world);
  });
}

function openerAt(parent: Frame | undefined, opener: number | undefined): StepState | undefined {
  return parent === undefined || opener === undefined ? undefined : stepAt(parent, opener);
}

function describeElement({ plan, fan }: StepState, index: number, world: World): Start['elements'] {
  const { foreach } = plan.control;
  if (foreach === null || fan === null || fan.elements.tied === null) return [];
  const isStill = currentVersion(world, foreach.item) === fan.split && currentVersion(world, foreach.list) === fan.list;
  return isStill ? [{ ...foreach, index, tied: [...fan.elements.tied], via: fan.via }] : [];
}

/** The foreach that the step at `position` joins, and what committed in each of its branches. */
function describeInputs(state: RunState, frame: Frame, { position, all }: { position: number; all: readonly (readonly [string, string])[] }): Start['inputs'] {
  const opener = [...state.regions.values()].find(({ end, joined }) => joined && end === position);
  const step = openerAt(frame, opener?.at);
  if (step?.fan == null) return null;
  return {
    item: step.plan.control.foreach?.item ?? '',
    split: step.fan.split,
    all: all.map(([many, one]) => [many, one]),
    branches: [...step.fan.branches].map((branch) => (isFrame(branch) ? branch.steps.flatMap((each) => commitsOf(each).map(({ id }) => id)) : [...branch.commits])),
  };
}
