// The open notebook as it is typed: its flow, what is wrong with it, and how each step stood when it last ran.

import { formatRunId, isUserError, parsePath, type Analysis, type CellNow, type Flow, type Params, type StepNow, type TaskStatus } from '@headwater/protocol';
import { findStale, openAnalyser, placeOf, planFlow, sumSteps, type Past, type StepState, type Store } from '@headwater/engine';
import { proposeNames } from '../notebook/propose-names.ts';
import type { ReadRun } from '../runs/read-run.ts';
import { viewStep } from '../runs/view-step.ts';
import type { Context } from './context.ts';

/** Runs looked back for a step that the newest ones did not have. */
const LOOK_BACK = 8;

export async function analyse(context: Context, params: Params<'analyse'>): Promise<Analysis> {
  const file = context.places.notebook(params.notebook);
  const flow = (await openAnalyser()).analyse(params.text, { path: placeOf(file) });
  const url = context.places.storeOf(file);
  const runs = await readPast(context, url, flow.name);
  const latest = runs[0];
  return {
    flow: flow.name, store: url,
    cells: flow.cells.map((cell): CellNow => ({ index: cell.index, id: cell.id, role: cell.role, step: cell.step, readBy: readersOf(flow, cell.index) })),
    steps: await viewSteps(context, flow, runs),
    edges: flow.edges, parameters: flow.parameters, diagnostics: flow.diagnostics,
    latest: latest === undefined ? null : formatRunId(latest.id),
    lastValues: latest?.record.parameters ?? {},
    proposals: proposeNames(flow),
  };
}

/** The newest runs of the flow; none where there is no store yet. */
async function readPast(context: Context, url: string, flow: string): Promise<ReadRun[]> {
  let store: Store;
  try {
    store = await context.places.open(url);
  } catch (error) {
    if (isUserError(error)) return [];
    throw error;
  }
  const found: ReadRun[] = [];
  for await (const { row } of context.watchers.index(store).flow(flow).runs(null)) {
    const run = await context.recent.read(store, row).catch(() => null);
    if (run !== null) found.push(run);
    if (found.length === LOOK_BACK) break;
  }
  return found;
}

async function viewSteps(context: Context, flow: Flow, runs: readonly ReadRun[]): Promise<StepNow[]> {
  const plans = planFlow(flow, runs[0]?.record.parameters ?? {});
  const past = new Map<string, Past>();
  for (const run of runs) {
    const sums = sumSteps(run.folded.state);
    for (const [position, step] of run.folded.state.steps.entries()) {
      const { name, code } = step.plan;
      if (!past.has(name) && HAS_RESULT.has(sums[position]?.status ?? '')) past.set(name, { code, run: run.id.number, made: madeIn(step) ?? run.id.number });
    }
  }
  const stale = findStale({ steps: plans, past, parameters: await changedParameters(context, flow, runs[0]) });
  return flow.steps.map((step): StepNow => {
    const last = lastOf(step.name, runs);
    return {
      name: step.name, kind: step.kind, cells: step.cells, after: plans.find((plan) => plan.name === step.name)?.after ?? [], reads: step.names.reads, binds: step.names.binds,
      last, stale: step.closes !== null || (last !== null && UNDER_WAY.has(last.status)) ? null : stale.get(step.name) ?? null, control: step.control, closes: step.closes, inside: step.inside,
    };
  });
}

/** Its next result is on its way: what the last one lacked is no news. What closes a run tells of that run, and is never behind. */
const UNDER_WAY: ReadonlySet<string> = new Set<TaskStatus>(['waiting', 'running', 'executed']);

const HAS_RESULT: ReadonlySet<string> = new Set<TaskStatus>(['done', 'reused', 'failed', 'caught']);

/** The number of the run whose result was reused, or null for one that was made anew. */
function madeIn(step: StepState): number | null {
  const origin = parsePath(step.current?.report?.origin ?? '');
  return origin?.number ?? null;
}

/** How the step stood in the newest run that had it. */
function lastOf(name: string, runs: readonly ReadRun[]): StepNow['last'] {
  for (const { id, folded, summary } of runs) {
    const position = folded.state.positions.get(name);
    if (position === undefined) continue;
    const { status, ms, tasks, counts, began, ended } = viewStep(folded, position, summary.status !== 'running');
    return { run: formatRunId(id), status, ms: tasks > 1 ? (began === null || ended === null ? null : ended - began) : ms, tasks, failed: counts.failed ?? 0 };
  }
  return null;
}

/** Parameters whose values a run would take from the notebook now, and which differ from what the newest run had, by setup block. */
async function changedParameters(context: Context, flow: Flow, newest: ReadRun | undefined): Promise<Map<string, string[]>> {
  if (newest === undefined) return new Map();
  const then = await context.recent.flow(newest);
  return then === null ? new Map() : differ(then, flow, new Set(Object.keys(newest.record.parameters)));
}

/** Defaults that differ, by setup block; what was given to the run is given again and does not count. */
function differ(then: Flow, now: Flow, given: ReadonlySet<string>): Map<string, string[]> {
  const before = new Map(then.parameters.map((parameter) => [parameter.name, parameter.default]));
  const changed = new Map<string, string[]>();
  for (const { name, cell, default: value } of now.parameters) {
    const block = now.cells[cell]?.step ?? null;
    if (block !== null && !given.has(name) && before.get(name) !== value) changed.set(block, [...changed.get(block) ?? [], name]);
  }
  return changed;
}

/** Steps that would read what a cell outside the flow binds, as the diagnostics say it. */
function readersOf(flow: Flow, cell: number): string[] {
  if (flow.cells[cell]?.role !== 'scratch') return [];
  return [...new Set(flow.diagnostics.filter((each) => each.code === 'scratch-provider' && each.fix?.edits.some((edit) => edit.cell === cell)).flatMap((each) => {
    const step = each.cell === null ? null : flow.cells[each.cell]?.step;
    return step == null ? [] : [step];
  }))];
}
