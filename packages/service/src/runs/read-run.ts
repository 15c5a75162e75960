// A run from its log: state, timeline and what its worker said of itself, folded together.

import type { Event, RunId, RunRecord, Summary } from '@headwater/protocol';
import { UserError, formatRunId } from '@headwater/protocol';
import { asLost, evolve, INITIAL_STATE, readEvents, readRecord, readSummary, Timeline, type RunState, type Store } from '@headwater/engine';

export interface Folded {
  readonly state: RunState;
  readonly timeline: Timeline;
  readonly worker: { readonly python: string; readonly ipython: string | null; readonly isolation: string; readonly reason: string | null } | null;
  readonly ended: number | null;
}

export const nothingYet = (): Folded => ({ state: INITIAL_STATE, timeline: new Timeline(), worker: null, ended: null });

/** The timeline grows in place: it is as long as the log. */
export function fold(folded: Folded, event: Event): Folded {
  folded.timeline.add(event);
  return {
    state: evolve(folded.state, event),
    timeline: folded.timeline,
    worker: event.type === 'worker-ready' ? event : folded.worker,
    ended: event.type === 'run-ended' ? event.t : folded.ended,
  };
}

export interface ReadRun {
  readonly store: Store;
  readonly id: RunId;
  readonly record: RunRecord;
  readonly summary: Summary;
  readonly folded: Folded;
}

/** Throws UserError when there is no such run. */
export async function readRun(store: Store, id: RunId): Promise<ReadRun> {
  const record = await requireRecord(store, id);
  const summary = await summaryOf(store, record);
  const folded = (await readEvents(store, id.flow, id.number)).reduce(fold, nothingYet());
  return { store, id, record, summary, folded };
}

export async function requireRecord(store: Store, id: RunId): Promise<RunRecord> {
  const record = await readRecord(store, id.flow, id.number);
  if (record === null) throw new UserError('no-run', `There is no run ${formatRunId(id)} in ${store.url}.`, 'It may have been deleted.');
  return record;
}

/** A run that died between its record and its first summary has none: what the record says, and whether its process lives. */
export async function summaryOf(store: Store, record: RunRecord): Promise<Summary> {
  const summary = await readSummary(store, record.flow, record.number);
  const { format, flow, number, notebook, started, by, owner, parameters, tags, resumes } = record;
  return asLost(summary ?? { format, flow, number, notebook, status: 'running', started, ended: null, by, owner, parameters, tags, resumes, steps: [], failed: null, failures: 0, learned: [] });
}
