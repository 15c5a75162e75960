// From a flow to what a run is about to do: planned steps, cells with parameters applied, modules worth importing early.

import { createHash } from 'node:crypto';
import type { CellSource, Flow, LearnedEdge, PlannedStep, Step, StepSummary } from '@headwater/protocol';

export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly cells: ReadonlyMap<string, readonly CellSource[]>;
  readonly flow: Flow;
}

export interface Past {
  readonly learned: readonly LearnedEdge[];
  readonly steps: readonly StepSummary[];
}

export interface Circumstances {
  readonly past: Past;
  readonly placeOf: (step: string) => PlannedStep['where'];
  /** The environment that a step has for itself, or null. */
  readonly environmentOf: (step: string) => string | null;
  /** The run goes on from an earlier one. */
  readonly resumes: boolean;
}

/** `sources` are the cells' texts as they run: parameters applied, `%pip` lines blanked. */
export function planRun(flow: Flow, sources: ReadonlyMap<number, string>, circumstances: Circumstances): Plan {
  const cells = new Map(flow.steps.map((step) => [step.name, cellsOf(flow, step, sources)]));
  const codes = new Map(flow.steps.map((step) => [step.name, digest(cells.get(step.name) ?? [], step)]));
  const steps = flow.steps.map((step) => planStep(step, { flow, cells, codes, circumstances }));
  return { steps, cells, flow };
}

/** A step that runs alone, on what an earlier run left: today's notebook does not say whose results it needs. */
export function waitForAll(plan: Plan, only: string | null): Plan {
  if (only === null) return plan;
  const above = plan.steps.map(({ name }) => name).filter((name) => name !== only);
  return { ...plan, steps: plan.steps.map((step) => (step.name === only ? { ...step, after: above } : step)) };
}

function cellsOf(flow: Flow, step: Step, sources: ReadonlyMap<number, string>): CellSource[] {
  return step.cells.map((index) => ({ index, number: flow.cells[index]?.number ?? 0, source: sources.get(index) ?? '' }));
}

/** Of what a task does: its cells, and what its tags bind beside them. */
function digest(cells: readonly CellSource[], { control: { join, catches }, asks: { env, pip, conda, image } }: Step): string {
  const hash = createHash('sha256');
  if (join !== null || catches !== null) hash.update(`${JSON.stringify([join, catches])}\0`);
  // What tags ask for is the step's own doing; a file beside the notebook is its surroundings.
  if (pip.length > 0 || conda !== null || image !== null) hash.update(`${JSON.stringify([[...pip].sort(), conda, image])}\0`);
  if (Object.keys(env).length > 0) hash.update(`${JSON.stringify(Object.entries(env).sort())}\0`);
  for (const cell of cells) hash.update(`${cell.source.length}\0${cell.source}\0`);
  return hash.digest('hex').slice(0, 32);
}

interface Parts {
  readonly flow: Flow;
  readonly cells: ReadonlyMap<string, readonly CellSource[]>;
  readonly codes: ReadonlyMap<string, string>;
  readonly circumstances: Circumstances;
}

function planStep(step: Step, { flow, cells, codes, circumstances: { past, placeOf, environmentOf, resumes } }: Parts): PlannedStep {
  const code = codes.get(step.name) ?? '';
  const predicted = flow.edges.filter((edge) => edge.to === step.name).map((edge) => edge.from);
  const learned = past.learned.filter((edge) => edge.to === step.name && isStill(edge, codes)).map((edge) => edge.from);
  return {
    name: step.name,
    kind: step.kind,
    openness: step.names.openness,
    reads: [...step.names.reads],
    binds: [...step.names.binds],
    after: [...new Set([...predicted, ...learned])],
    cells: (cells.get(step.name) ?? []).map(({ index, number }) => ({ index, number })),
    code,
    where: placeOf(step.name),
    control: step.control,
    asks: step.asks,
    environment: environmentOf(step.name),
    closes: step.closes,
    // What is said of the end of a run is said of this one.
    sought: step.closes === null && (resumes || step.asks.cached),
    expectedBytes: past.steps.find((each) => each.name === step.name)?.peakBytes ?? null,
  };
}

/** An edge was learned for the code of both steps as it was. */
function isStill(edge: LearnedEdge, codes: ReadonlyMap<string, string>): boolean {
  return edge.code[0] === codes.get(edge.from) && edge.code[1] === codes.get(edge.to);
}

export function keepLearned(past: Past, plan: Plan): LearnedEdge[] {
  const codes = new Map(plan.steps.map((step) => [step.name, step.code]));
  return past.learned.filter((edge) => isStill(edge, codes));
}

const IMPORT = /^(?:import\s+(?<names>[\w.]+(?:\s+as\s+\w+)?(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*)|from\s+(?<module>[\w.]+)\s+import)/gm;

/** Modules that setup cells import at the top level, in order. */
export function findImports(plan: Plan): string[] {
  const texts = plan.flow.steps.filter((step) => step.kind === 'setup').flatMap((step) => plan.cells.get(step.name) ?? []).map((cell) => cell.source);
  const found = texts.flatMap((text) => [...text.matchAll(IMPORT)].flatMap((match) => {
    const { names, module } = match.groups ?? {};
    return module !== undefined ? [module] : (names ?? '').split(',').map((name) => name.trim().split(/\s/)[0] ?? '');
  }));
  return [...new Set(found.filter((name) => name !== '' && !name.startsWith('.')))];
}
