// Which runs may go: by number and age as the settings say, never one that is tagged, that runs, that another goes on from, or its flow's latest good one.

import { formatRunId, type Summary } from '@headwater/protocol';
import * as v from 'valibot';

const DAY_MS = 24 * 3_600_000;

export const RetentionSchema = v.strictObject({
  /** Runs of each flow that stay at least; null: all. */
  runs: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
  /** Days a run stays at least; null: for ever. */
  days: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0))), null),
  /** The store's size from which a run says so. */
  warnAt: v.optional(v.string(), '20G'),
});
export type Retention = v.InferOutput<typeof RetentionSchema>;

/** Nothing goes that nobody asked to go. */
export const KEEP_ALL: Retention = v.parse(RetentionSchema, {});

/** Summaries of all flows, newest first. A run goes when every rule there is lets it. */
export function chooseRuns(summaries: readonly Summary[], { runs, days }: Retention, now: number): Summary[] {
  if (runs === null && days === null) return [];
  const resumed = new Set(summaries.flatMap(({ status, resumes }) => (status === 'running' && resumes !== null ? [resumes] : [])));
  const flows = Map.groupBy(summaries, ({ flow }) => flow);
  return [...flows.values()].flatMap((all) => {
    const latest = all.find(({ status }) => status === 'done');
    return all.filter((run, at) => {
      const isKept = run === latest || run.status === 'running' || run.tags.length > 0 || resumed.has(formatRunId(run));
      return !isKept && (runs === null || at >= runs) && (days === null || (run.ended ?? run.started) < now - days * DAY_MS);
    });
  });
}
