// Part of a flow: a step with just what it needs, or all but some.

import { UserError, type Flow } from '@headwater/protocol';

export interface StepChoice {
  /** The last step that is wanted, or null. */
  readonly to: string | null;
  readonly skip: readonly string[];
  /** The step that runs on what all above it left in an earlier run, or null. */
  readonly only: string | null;
}

/** The flow without the steps that do not run; their cells belong to none. */
export function chooseSteps(flow: Flow, { to, skip, only }: StepChoice): Flow {
  if (to === null && only === null && skip.length === 0) return flow;
  for (const name of [to, only, ...skip].filter((each) => each !== null)) checkStep(flow, name);
  for (const name of skip) checkSkip(flow, name);
  const above = only === null ? flow.steps : flow.steps.slice(0, flow.steps.findIndex(({ name }) => name === only) + 1);
  const wanted = to === null ? new Set(above.map(({ name }) => name)) : findNeeded(flow, to);
  const steps = flow.steps.filter(({ name }) => wanted.has(name) && !skip.includes(name));
  const kept = new Set(steps.map(({ name }) => name));
  return {
    ...flow,
    steps,
    edges: flow.edges.filter(({ from, to: target }) => kept.has(from) && kept.has(target)),
    cells: flow.cells.map((cell) => (cell.step === null || kept.has(cell.step) ? cell : { ...cell, step: null })),
  };
}

/** What it follows by any edge, what opens the branches it stands in, and everything above a step that may read any name. */
function findNeeded(flow: Flow, to: string): Set<string> {
  const needed = new Set<string>();
  const todo = [to];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    const at = flow.steps.findIndex((step) => step.name === name);
    const step = flow.steps[at];
    todo.push(...flow.edges.filter((edge) => edge.to === name).map(({ from }) => from), ...(step?.inside ?? []));
    if (step?.names.openness === 'opaque') todo.push(...flow.steps.slice(0, at).map((each) => each.name));
  }
  return needed;
}

export function checkStep(flow: Flow, name: string): void {
  const names = flow.steps.filter(({ kind }) => kind === 'step').map((step) => step.name);
  if (!names.includes(name)) throw new UserError('no-step', `${flow.notebook} has no step \`${name}\`.`, names.length === 0 ? 'Tag a cell with `step:NAME`.' : `It has ${names.join(', ')}.`);
}

function checkSkip(flow: Flow, name: string): void {
  const control = flow.steps.find((step) => step.name === name)?.control;
  if (control?.foreach == null && control?.join == null) return;
  throw new UserError('bad-skip', `Step \`${name}\` ${control.foreach === null ? 'joins branches' : 'opens branches'}: without it the steps between have no meaning.`, 'Skip a step inside or outside the foreach.');
}
