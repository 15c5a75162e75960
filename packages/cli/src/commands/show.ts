// `headwater show`: one run, step by step.

import { describeUsed, formatRunId, type RunId, type RunRecord, type Summary } from '@headwater/protocol';
import { findInstalledChanges, foldRunWaiting, groupFailures, readRecord, sumSteps, type RunState, type StepSum, type Store } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { compareWithRunAll, hintsOnCosts, hintsOnMemory } from '../render/costs.ts';
import { printFailureGroup } from '../render/failure.ts';
import { formatDuration, formatWhen } from '../render/numbers.ts';
import { countTasks, glyphOf, wordOf } from '../render/states.ts';
import { describeChanges } from '../render/installed.ts';
import { printTable } from '../render/table.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

export async function show(args: readonly string[], _: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run, summary } = await findRun(args[0] ?? '', shared);
  const [{ state, waited }, record] = await Promise.all([foldRunWaiting(store, run), readRecord(store, run.flow, run.number)]);
  if (shared.json === true) {
    process.stdout.write(`${JSON.stringify({ ...summary, record, sums: sumSteps(state).map((sum) => ({ ...sum, waitedMs: waited.get(sum.name) ?? 0 })), errors: groupFailures(state) })}\n`);
    return EXIT.done;
  }
  const tookMs = (summary.ended ?? Date.now()) - summary.started;
  process.stdout.write(`${glyphOf(summary.status)} ${formatRunId(run)} ${wordOf(summary.status).toLowerCase()} · ${formatDuration(tookMs)} · ${formatWhen(summary.started, Date.now())}\n`);
  const facts = listFacts(summary, record);
  if (facts.length > 0) process.stdout.write(`  ${facts.join(' · ')}\n`);
  const steps = sumSteps(state).filter(({ kind, status }) => kind === 'step' || status === 'failed');
  printTable(['', 'Step', 'State', 'Took', 'Waited', 'CPU', 'Overhead', 'Peak memory', ''], steps.map((sum) => toRow(state, sum, waited.get(sum.name) ?? 0)));
  for (const line of [...compareWithRunAll(state, tookMs), ...hintsOnCosts(state.steps), ...hintsOnMemory(steps, (name) => stepOf(state, name)?.plan.asks.memoryBytes ?? null)]) process.stdout.write(`  ${line}\n`);
  for (const line of [...describeEnvironments(record), ...(await describeSince(store, run, summary.resumes))]) process.stdout.write(`  ${line}\n`);
  const groups = groupFailures(state);
  for (const group of groups.slice(0, MOST_FAILURES)) printFailureGroup(group);
  if (groups.length > MOST_FAILURES) process.stdout.write(`\n${groups.length - MOST_FAILURES} more errors; see them with --json.\n`);
  return EXIT.done;
}

function listFacts(summary: Summary, record: RunRecord | null): string[] {
  return [
    ...Object.entries(summary.parameters).map(([name, value]) => `${name}=${value}`),
    ...summary.tags.map((tag) => `#${tag}`),
    ...(summary.resumes === null ? [] : [`resumed ${summary.resumes}`]),
    ...(record?.git == null ? [] : [`commit ${record.git.commit.slice(0, 8)}${record.git.dirty ? ' with changes' : ''}`]),
  ];
}

/** What was built for it; a list of packages that is long is in --json whole. */
function describeEnvironments(record: RunRecord | null): string[] {
  return (record?.environments ?? []).map(({ steps, why, python, packages }) => {
    // What was asked for by name stands first.
    const named = Object.entries(packages).sort(([a], [b]) => Number(why.includes(b)) - Number(why.includes(a))).map(([name, version]) => `${name} ${version}`);
    const more = named.length > MOST_PACKAGES ? ` and ${named.length - MOST_PACKAGES} more (--json)` : '';
    return `${steps === null ? 'Environment' : `Environment of ${steps.join(', ')}`}: ${why} · Python ${python}${named.length === 0 ? '' : ` · ${named.slice(0, MOST_PACKAGES).join(', ')}${more}`}`;
  });
}

/** What was reused was made with what there was then. */
async function describeSince(store: Store, run: RunId, resumes: string | null): Promise<string[]> {
  const changes = await findInstalledChanges(store, run, resumes);
  return changes === null || changes.length === 0 ? [] : [`Since ${resumes ?? ''}: ${describeChanges(changes)}`];
}

/** In one line. */
const MOST_PACKAGES = 8;

/** Of different errors. */
const MOST_FAILURES = 3;

function toRow(state: RunState, sum: StepSum, waitedMs: number): string[] {
  const attempts = sum.attempts > sum.tasks ? `${sum.attempts} attempts` : '';
  return [glyphOf(sum.status), sum.name, wordOf(sum.status), ...costCells(state, sum, waitedMs), [countTasks(sum), attempts, sum.note ?? ''].filter((each) => each !== '').join(' · ')];
}

/** What it took; how much of that was ours is told of a single task. */
function costCells(state: RunState, { name, tasks, ms, cpuMs, peakBytes }: StepSum, waitedMs: number): string[] {
  const step = stepOf(state, name);
  const cost = tasks === 1 ? step?.current?.report?.cost : undefined;
  const overhead = cost === undefined ? '' : `${(cost.loadMs + cost.saveMs).toFixed(0)} ms`;
  const times = cost !== undefined || ms > 0 ? [ms, waitedMs, cpuMs].map(formatDuration) : ['', '', ''];
  return [...times, overhead, describeUsed(peakBytes, step?.plan.asks.memoryBytes ?? null)];
}

const stepOf = (state: RunState, name: string) => state.steps[state.positions.get(name) ?? -1];
