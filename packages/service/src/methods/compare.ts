// Runs side by side: things are rows, runs are columns.

import { formatDuration, isSetupName, isUserError, type ArtifactRow, type Comparison, type Params, type RunView } from '@headwater/protocol';
import { artifacts } from './artifacts.ts';
import { findRun, type Context } from './context.ts';
import { view } from './runs.ts';
import { toRow } from '../runs/row.ts';

interface Column {
  readonly view: RunView;
  readonly artifacts: readonly ArtifactRow[];
  readonly codes: ReadonlyMap<string, string>;
  readonly metrics: Readonly<Record<string, number>>;
}

export async function compare(context: Context, params: Params<'compare'>): Promise<Comparison> {
  const found = await Promise.all(params.runs.map((run) => readColumn(context, { store: params.store, run })));
  const columns = found.map((each) => each?.column ?? null);
  return {
    runs: found.map((each) => each?.row ?? null),
    sections: [
      section('parameters', columns, ({ view: { values } }) => new Map(values.map(({ name, value }) => [name, value]))),
      section('metrics', columns, (column) => new Map(Object.entries(column.metrics).map(([name, value]) => [name, String(value)]))),
      section('durations', columns, ({ view: { steps } }) => new Map(steps.filter((step) => step.kind === 'step' && step.ms !== null).map((step) => [step.name, String(Math.round(step.ms ?? 0))])), ({ view: { steps } }) => new Map(steps.map((step) => [step.name, formatDuration(step.ms ?? 0)]))),
      section('artifacts', columns, (column) => new Map(made(column).map((row) => [row.name, row.summary === '' ? row.type : row.summary])), (column) => new Map(column.artifacts.map((row) => [row.name, row.digest]))),
      section('code', columns, (column) => new Map([...column.codes].map(([step, code]) => [step, code.slice(0, 8)]))),
      section('environment', columns, ({ view: { environment } }) => new Map([
        ['python', environment.version ?? environment.python], ['ipython', environment.ipython ?? ''], ['engine', environment.engine], ['platform', environment.platform],
        ['git', environment.git === null ? '' : `${environment.git.commit.slice(0, 8)}${environment.git.dirty ? ' with changes' : ''}`],
      ])),
    ],
  };
}

/** Parameters have a section of their own. */
function made({ artifacts: rows, view: { values } }: Column): readonly ArtifactRow[] {
  return rows.filter((row) => !isSetupName(row.step) || !values.some(({ name }) => name === row.name));
}

/** A deleted run keeps its column and says so. */
async function readColumn(context: Context, asked: { store: string; run: string }): Promise<{ column: Column; row: Comparison['runs'][number] } | null> {
  try {
    const found = await findRun(context, asked);
    const codes = new Map(found.folded.state.steps.filter((step) => step.plan.kind === 'step').map(({ plan }) => [plan.name, plan.code]));
    return { row: toRow(found.summary, found.folded), column: { view: await view(context, found), artifacts: await artifacts(context, { ...asked, task: null }), codes, metrics: await context.recent.metrics(found) } };
  } catch (error) {
    if (isUserError(error)) return null;
    throw error;
  }
}

type Read = (column: Column) => ReadonlyMap<string, string>;

/** `identity` tells equal from different where the text shown is too short to. */
function section(title: Comparison['sections'][number]['title'], columns: readonly (Column | null)[], read: Read, identity: Read = read): Comparison['sections'][number] {
  const texts = columns.map((column) => (column === null ? null : read(column)));
  const marks = columns.map((column) => (column === null ? null : identity(column)));
  const names = [...new Set(texts.flatMap((each) => [...each?.keys() ?? []]))];
  return {
    title,
    rows: names.map((name) => {
      const compared = marks.filter((each) => each !== null).map((each) => each.get(name) ?? null);
      return { name, cells: texts.map((each) => each?.get(name) ?? null), same: new Set(compared).size <= 1 };
    }),
  };
}
