// The list of runs and one run.

import { findInstalledChanges } from '@headwater/engine';
import { isUserError, type Params, type RunPage, type RunView, type StoreView } from '@headwater/protocol';
import type { ReadRun } from '../runs/read-run.ts';
import { toRow } from '../runs/row.ts';
import { viewRun } from '../runs/view-run.ts';
import { findRun, type Context } from './context.ts';

/** Where a notebook's runs are; what is wrong with that store is said, not thrown: the panel has a place for it. */
export async function store(context: Context, params: Params<'store'>): Promise<StoreView> {
  const url = context.places.storeOf(params.notebook);
  try {
    await context.places.open(url);
    return { store: url, problem: null };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { store: url, problem: { code: error.code, sentence: error.sentence, hint: error.hint } };
  }
}

export async function runs(context: Context, params: Params<'runs'>): Promise<RunPage> {
  const store = await context.places.open(params.store);
  const page = await context.watchers.index(store).page(params, Date.now());
  // The summary of a run under way says only that it is; how far it is stands in its log.
  const rows = await Promise.all(page.rows.map(async (row) => {
    if (row.status !== 'running') return row;
    const { summary, folded } = await context.recent.read(store, row);
    return toRow(summary, folded);
  }));
  return { ...page, rows };
}

export async function run(context: Context, params: Params<'run'>): Promise<RunView> {
  return view(context, await findRun(context, params));
}

export async function view(context: Context, found: ReadRun): Promise<RunView> {
  const { record, summary, folded } = found;
  const [flow, since] = await Promise.all([context.recent.flow(found), findInstalledChanges(found.store, found.id, record.resumes)]);
  return viewRun({ record, summary, folded, flow, user: context.user, since });
}
