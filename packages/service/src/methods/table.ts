// Pages of a stored frame, from a worker that loads it.

import { UserError, type Params, type TablePage } from '@headwater/protocol';
import { isForeign } from '../access/foreign.ts';
import { findRun, type Context } from './context.ts';

export async function table(context: Context, params: Params<'table'>): Promise<TablePage> {
  const found = await findRun(context, params);
  if (isForeign(found.record, context.user)) {
    throw new UserError('table-foreign', `${params.name} was made by ${found.record.by}: only its preview is shown here.`, 'Load it into your kernel if you trust where it comes from.');
  }
  const { store, run, task, name, first, count, sort, filter } = params;
  return context.tables.ask(context.python ?? found.record.python.path, { store, artifact: `${run}/${task}/${name}`, first, count, sort, filter });
}
