// What runs logged, for the columns of a table.

import { isUserError, type Params, type RunMetrics } from '@headwater/protocol';
import { findRun, type Context } from './context.ts';

export function metrics(context: Context, { store, runs }: Params<'metrics'>): Promise<RunMetrics> {
  return Promise.all(runs.map(async (run) => {
    try {
      return await context.recent.metrics(await findRun(context, { store, run }));
    } catch (error) {
      if (isUserError(error)) return null;
      throw error;
    }
  }));
}
