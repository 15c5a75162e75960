// `headwater show`: one run, step by step.

import { formatRunId, isSetupName, type RunRecord, type Summary } from '@headwater/protocol';
import { foldRun, readRecord, type StepState } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { compareWithRunAll, hintsOnCosts } from '../render/costs.ts';
import { printFailure } from '../render/failure.ts';
import { formatBytes, formatDuration, formatWhen } from '../render/numbers.ts';
import { glyphOf, wordOf, type State } from '../render/states.ts';
import { printTable } from '../render/table.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

export async function show(args: readonly string[], _: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run, summary } = await findRun(args[0] ?? '', shared);
  const [state, record] = await Promise.all([foldRun(store, run), readRecord(store, run.flow, run.number)]);
  if (shared.json === true) {
    process.stdout.write(`${JSON.stringify({ ...summary, record })}\n`);
    return EXIT.done;
  }
  const tookMs = (summary.ended ?? Date.now()) - summary.started;
  process.stdout.write(`${glyphOf(summary.status)} ${formatRunId(run)} ${wordOf(summary.status).toLowerCase()} · ${formatDuration(tookMs)} · ${formatWhen(summary.started, Date.now())}\n`);
  const facts = listFacts(summary, record);
  if (facts.length > 0) process.stdout.write(`  ${facts.join(' · ')}\n`);
  const steps = state.steps.filter((step) => !isSetupName(step.plan.name) || step.status === 'failed');
  printTable(['', 'Step', 'State', 'Took', 'Overhead', 'Peak memory', ''], steps.map(toRow));
  for (const line of [...compareWithRunAll(state, tookMs), ...hintsOnCosts(steps)]) process.stdout.write(`  ${line}\n`);
  if (summary.failed !== null) printFailure(summary.failed.task, summary.failed.failure);
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

function toRow(step: StepState): string[] {
  const state: State = step.current === null && step.status === 'waiting' ? 'not reached' : step.status;
  const cost = step.current?.report?.cost;
  const attempts = step.next > 1 ? `${step.next} attempts` : '';
  return [
    glyphOf(state), step.plan.name, wordOf(state),
    cost === undefined ? '' : formatDuration(cost.loadMs + cost.runMs + cost.saveMs),
    cost === undefined ? '' : `${(cost.loadMs + cost.saveMs).toFixed(0)} ms`,
    cost === undefined ? '' : formatBytes(cost.peakBytes),
    attempts,
  ];
}
