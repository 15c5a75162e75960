// `headwater run --sweep`: a run for every combination of values, one after the other, then one table, the best first.

import { formatRunId, UserError, type RunId } from '@headwater/protocol';
import { foldRun, followEvents, openStore, readMetrics, startRun, type RunRequest, type RunState } from '@headwater/engine';
import { takeRunProcess } from '../early.ts';
import { EXIT, printProblem } from '../exit.ts';
import { printDiagnostics } from '../render/diagnostics.ts';
import { formatDuration } from '../render/numbers.ts';
import { glyphOf } from '../render/states.ts';
import { printTable } from '../render/table.ts';

export interface SweepOptions {
  readonly json: boolean;
  /** The metric to order by; the first that was logged when null. */
  readonly metric: string | null;
}

interface Row {
  readonly run: RunId;
  readonly given: Readonly<Record<string, string>>;
  readonly status: RunState['status'];
  readonly ms: number;
  readonly metrics: ReadonlyMap<string, number>;
}

/** Less is better of what measures an error. */
const LESS_IS_BETTER = /loss|error|err$|rmse|mse|mae|perplexity|distance|cost|time/i;
const MOST_RUNS = 1_000;

/** Every combination of comma-separated values; commas in brackets or quotes belong to a value. */
function combine(pairs: readonly (readonly [string, string])[]): Record<string, string>[] {
  return pairs.reduce<Record<string, string>[]>((found, [name, text]) => found.flatMap((each) => splitValues(text).map((value) => ({ ...each, [name]: value }))), [{}]);
}

function splitValues(text: string): string[] {
  return text.match(/(?:\[[^\]]*\]|\{[^}]*\}|"[^"]*"|'[^']*'|[^,])+/g) ?? [''];
}

export async function sweep(request: RunRequest, pairs: readonly (readonly [string, string])[], options: SweepOptions): Promise<number> {
  const combinations = combine(pairs);
  if (combinations.length > MOST_RUNS) throw new UserError('bad-value', `${combinations.length} combinations are more than ${MOST_RUNS} runs.`, 'Sweep over fewer values at once.');
  const rows: Row[] = [];
  for (const given of combinations) {
    const row = await runOne({ ...request, parameters: { ...request.parameters, ...given } }, given, options);
    if (row === null) return EXIT.failed;
    rows.push(row);
  }
  if (!options.json) printRows(rows, options.metric);
  return rows.every(({ status }) => status === 'done') ? EXIT.done : EXIT.failed;
}

/** Null when it was refused. */
async function runOne(request: RunRequest, given: Readonly<Record<string, string>>, { json }: SweepOptions): Promise<Row | null> {
  const began = Date.now();
  const reply = await startRun(request, { child: takeRunProcess() });
  if (reply.type === 'bug') throw new Error(`${reply.message}\n${reply.stack}`);
  if (reply.type === 'refused') {
    printDiagnostics(reply.diagnostics, json);
    if (reply.diagnostics.length === 0) printProblem(reply.problem);
    return null;
  }
  const store = await openStore(reply.store);
  const events = followEvents(store, reply.flow, reply.number, new AbortController().signal);
  while ((await events.next()).done !== true);
  const run = { flow: reply.flow, number: reply.number };
  const state = await foldRun(store, run);
  const row = { run, given, status: state.status, ms: Date.now() - began, metrics: await readMetrics(store, run, state) };
  const text = Object.entries(given).map(([name, value]) => `${name}=${value}`).join(' ');
  if (json) process.stdout.write(`${JSON.stringify({ run: formatRunId(run), status: state.status, parameters: given, metrics: Object.fromEntries(row.metrics), ms: row.ms })}\n`);
  else process.stdout.write(`${glyphOf(state.status)} ${formatRunId(run)}  ${text}  ${formatDuration(row.ms)}\n`);
  return row;
}

function printRows(rows: readonly Row[], wanted: string | null): void {
  const names = [...new Set(rows.flatMap(({ given }) => Object.keys(given)))];
  const metrics = [...new Set(rows.flatMap(({ metrics: each }) => [...each.keys()]))];
  const metric = wanted ?? metrics[0];
  const sign = metric !== undefined && LESS_IS_BETTER.test(metric) ? 1 : -1;
  const valueOf = (row: Row) => (metric === undefined ? undefined : row.metrics.get(metric)) ?? sign * Infinity;
  const ordered = metric === undefined ? rows : [...rows].sort((a, b) => sign * (valueOf(a) - valueOf(b)) || a.run.number - b.run.number);
  process.stdout.write('\n');
  printTable(['', 'Run', ...names, ...metrics], ordered.map((row) => [glyphOf(row.status), formatRunId(row.run), ...names.map((name) => row.given[name] ?? ''), ...metrics.map((name) => format(row.metrics.get(name)))]));
  if (metric === undefined) process.stdout.write('No metric was logged; log one with `headwater.current.metrics(loss=…)` to order by it.\n');
}

const format = (value: number | undefined) => (value === undefined ? '' : String(Number(value.toPrecision(6))));
