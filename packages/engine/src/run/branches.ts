// Branches that are over: put away small, and what follows for the step they belong to.

import { commitsOf, endOf, frameAt, keyOf, nextPosition, placeOfTask, setFrame, setStep } from './frames.ts';
import { costOf, type EndedBranch, type Fan, type Frame, type RunState, type StepState } from './state.ts';

/** Puts away the branch the last event was about, if it is over, then those around it. */
export function endBranches(state: RunState): RunState {
  let now = state;
  for (;;) {
    const { chain, path } = now.touched;
    const frame = path.length === 0 ? null : frameAt(now, { chain, path });
    if (frame === null || !isOver(now, frame)) return now;
    now = endBranch(now, frame);
  }
}

function isOver(state: RunState, frame: Frame): boolean {
  if (frame.failed === null) return frame.settled >= endOf(frame);
  return !frame.steps.some(({ current }) => current !== null && state.active.get(current.id) !== undefined);
}

function endBranch(state: RunState, frame: Frame): RunState {
  const outer = { chain: frame.chain.slice(0, -1), path: frame.path.slice(0, -1) };
  const parent = frameAt(state, outer);
  const [opener, index] = [frame.chain.at(-1) ?? 0, frame.path.at(-1) ?? 0];
  const fan = parent?.steps[opener - parent.first]?.fan ?? null;
  if (parent === null || fan === null) return { ...state, touched: outer };
  const now: Fan = {
    ...fan,
    opened: Math.max(fan.opened, index + 1),
    open: fan.open.filter((each) => each !== index),
    failed: fan.failed + (frame.failed === null ? 0 : 1),
    branches: fan.branches.with(index, putAway(frame)),
  };
  const ended = settleFan(state, setStep(parent, opener, { fan: now }), { opener, fan: now, last: frame });
  const parked = Object.entries(state.parked).filter(([, each]) => each.frame !== keyOf(frame));
  return { ...setFrame(state, ended), touched: outer, parked: parked.length === Object.keys(state.parked).length ? state.parked : Object.fromEntries(parked) };
}

/** When all branches are over the foreach is: done, or failed with the failure that came first. */
function settleFan(state: RunState, parent: Frame, { opener, fan, last }: { opener: number; fan: Fan; last: Frame }): Frame {
  if (fan.open.length > 0 || fan.opened < fan.elements.count) return parent;
  if (fan.failed === 0) return { ...setStep(parent, opener, { status: 'done' }), settled: nextPosition(state, parent, opener) };
  const failed = state.failures.find(({ step }) => belongs(state, step, { parent, opener })) ?? last.failed;
  return { ...setStep(parent, opener, { status: 'failed' }), settled: opener + 1, failed };
}

function belongs(state: RunState, task: string, { parent, opener }: { parent: Frame; opener: number }): boolean {
  const { position, path } = placeOfTask(state, task);
  return (state.chains[position] ?? []).includes(opener) && parent.path.every((index, depth) => index === path[depth]);
}

/** What ran ahead of the step that failed never counted: not its output, not its values. Resume may still find it. */
export function leaveUncounted(step: StepState): StepState {
  return step.status === 'executed' ? { ...step, status: 'stopped' } : step;
}

function putAway(frame: Frame): EndedBranch {
  return {
    status: frame.failed === null ? 'done' : 'failed',
    steps: frame.steps.map(leaveUncounted).map((step) => ({
      plan: step.plan, status: step.status, id: step.current?.id ?? null, iteration: step.iteration, next: step.next, fan: step.fan, ...costOf(step.current),
    })),
    commits: frame.steps.flatMap((step) => (step.fan === null ? commitsOf(step).map(({ id }) => id) : [])),
  };
}
