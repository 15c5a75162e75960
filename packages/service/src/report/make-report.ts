// The report of a run: what a colleague gets. Errors first, then figures and tables in the order of the notebook; code only where it is asked for. Pure.

import { formatBytes, formatDuration, STATE_WORDS, type Flow, type RunView, type StepView } from '@headwater/protocol';
import { graphAsSvg, toGraph } from '@headwater/engine';
import { drawOutput, escape, joined, prose } from './markup.ts';
import { makePage, section, table } from './page.ts';
import { drawTimeline } from './timeline.ts';

export interface ReportSource {
  readonly view: RunView;
  readonly flow: Flow | null;
  readonly metrics: Readonly<Record<string, number>>;
  /** Frames among the names at the end. */
  readonly frames: readonly FrameHead[];
  readonly cells: readonly ReportCell[];
}

export interface FrameHead {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly fields: readonly string[];
  readonly head: readonly (readonly unknown[])[];
}

interface ReportCell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly outputs?: readonly Readonly<Record<string, unknown>>[];
  readonly metadata?: unknown;
}

export function makeReport(source: ReportSource): string {
  const { view, flow } = source;
  return makePage(`${view.run}: ${STATE_WORDS[view.status]}`, [
    head(view),
    section('What failed', errors(view), 'errors'),
    section('Highlights', source.cells.flatMap(({ outputs = [] }) => outputs.filter(isAppended)).map(drawOutput).join('\n')),
    section('Metrics', table([{ title: 'Metric' }, { title: 'Value', number: true }], Object.entries(source.metrics).map(([name, value]) => [escape(name), String(Number(value.toPrecision(6)))]))),
    section('Parameters', table([{ title: 'Parameter' }, { title: 'Value' }], view.values.map(({ name, value, changed }) => [escape(name), changed ? `<b>${escape(value)}</b>` : escape(value)]))),
    section('Results', source.cells.map(drawCell).join('\n')),
    section('Tables', source.frames.map(drawFrame).join('\n')),
    flow === null ? '' : section('Flow', graphAsSvg(toGraph(flow, false), notesOf(view))),
    section('Timeline', drawTimeline(view)),
    section('Steps', steps(view)),
    section('Environment', environment(view)),
  ]);
}

function head({ run, status, started, ended, by, notebook, tags, resumes }: RunView): string {
  const facts = [
    ...(ended === null ? [] : [`after ${formatDuration(ended - started)}`]), new Date(started).toISOString().replace('T', ' ').slice(0, 16).concat(' UTC'), `by ${by}`, notebook, ...(resumes === null ? [] : [`resumed ${resumes}`]), ...tags.map((tag) => `#${tag}`),
  ];
  return `<header><h1>${escape(run)} <span class="${toneOf(status)}">${STATE_WORDS[status]}</span></h1><p class="muted">${escape(facts.join(' · '))}</p></header>`;
}

const toneOf = (status: RunView['status'] | StepView['status']) => (status === 'failed' ? 'failed' : status === 'done' ? 'done' : 'muted');

function errors({ failures }: RunView): string {
  return failures.map(({ tasks, count, type, message, traceback, cell, line }) => {
    const place = cell === null ? '' : ` <span class="muted">cell ${cell + 1}${line === null ? '' : `, line ${line}`}</span>`;
    const more = count > tasks.length ? ` and ${count - tasks.length} more` : '';
    return `<p><b>${escape(type)}: ${escape(message.split('\n')[0] ?? '')}</b>${place}<br><span class="muted">${escape(tasks.join(', '))}${more}</span></p>${traceback === '' ? '' : `<details><summary>Traceback</summary><pre>${escape(traceback)}</pre></details>`}`;
  }).join('');
}

/** By `headwater.report.append`. Whose output it is says nothing about what it may do: it is drawn like all others. */
function isAppended({ metadata }: Readonly<Record<string, unknown>>): boolean {
  const own: unknown = typeof metadata === 'object' && metadata !== null && 'headwater' in metadata ? metadata.headwater : null;
  return typeof own === 'object' && own !== null && 'report' in own && own.report === true;
}

/** Prose as prose; what a cell showed, with its code folded away. Cells that showed nothing are no result. */
function drawCell({ cell_type: kind, source, outputs = [] }: ReportCell): string {
  const text = joined(source) ?? '';
  if (kind === 'markdown') return prose(text);
  // Errors and what was appended stand above already.
  const shown = outputs.filter((output) => output['output_type'] !== 'error' && !isAppended(output));
  const printed = shown.filter((output) => output['output_type'] === 'stream');
  const rich = shown.filter((output) => output['output_type'] !== 'stream');
  if (shown.length === 0) return '';
  return `<div>${foldPrinted(printed.map(drawOutput).join(''), lines(printed))}${rich.map(drawOutput).join('')}<details><summary>Show code</summary><pre class="source">${escape(text)}</pre></details></div>`;
}

const LONG = 12;
const lines = (outputs: readonly Readonly<Record<string, unknown>>[]) => outputs.reduce((sum, output) => sum + (joined(output['text']) ?? '').split('\n').length, 0);

/** A log is no result: what is long waits behind a click. */
function foldPrinted(text: string, n: number): string {
  return n > LONG ? `<details><summary>Printed, ${n} lines</summary>${text}</details>` : text;
}

const HEAD = 8;

function drawFrame({ name, rows, columns, fields, head: all }: FrameHead): string {
  const rowsShown = all.slice(0, HEAD);
  const shown = table(fields.map((title) => ({ title })), rowsShown.map((line) => line.map((value) => escape(show(value)))));
  return `<h3><code>${escape(name)}</code> <span class="muted">${rows} × ${columns}, the first ${rowsShown.length} rows</span></h3>${shown}`;
}

const show = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

const named = ({ steps: all }: RunView) => all.filter((step) => step.kind === 'step' || step.status === 'failed');

function notesOf(view: RunView) {
  const colors: Readonly<Partial<Record<StepView['status'], string>>> = { failed: '#cf222e', done: '#1a7f37', reused: '#1a7f37', caught: '#9a6700' };
  return new Map(view.steps.map((step) => [step.name, { text: [countTasks(step), timeOf(step)].filter((part) => part !== '').join(' · '), color: colors[step.status] ?? '#777' }]));
}

function countTasks({ status, tasks, counts }: StepView): string {
  const { failed = 0 } = counts;
  if (tasks < 2) return STATE_WORDS[status];
  return failed > 0 ? `${failed} of ${tasks} failed` : `${tasks} tasks`;
}

function timeOf({ tasks, began, ended, ms }: StepView): string {
  const took = tasks > 1 ? (began === null || ended === null ? null : ended - began) : ms;
  return took === null ? '' : formatDuration(took);
}

function steps(view: RunView): string {
  const rows = named(view).map((step) => [escape(step.name), `<span class="${toneOf(step.status)}">${STATE_WORDS[step.status]}</span>${step.tasks > 1 ? ` <span class="muted">${escape(countTasks(step))}</span>` : ''}`, timeOf(step), step.peakBytes === null ? '' : formatBytes(step.peakBytes), escape(step.note ?? step.warnings[0] ?? '')]);
  return table([{ title: 'Step' }, { title: 'State' }, { title: 'Took', number: true }, { title: 'Peak memory', number: true }, { title: '' }], rows);
}

function environment({ environment: { version, ipython, platform, engine, git } }: RunView): string {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Python', version], ['IPython', ipython], ['Platform', platform], ['Headwater', engine], ['Commit', git === null ? null : `${git.commit.slice(0, 12)}${git.dirty ? ' with changes' : ''}`],
  ];
  return `<dl>${facts.filter(([, value]) => value !== null).map(([name, value]) => `<dt>${name}</dt><dd>${escape(value ?? '')}</dd>`).join('')}</dl>`;
}
