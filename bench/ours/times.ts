// Times that a run's event log tells.

import type { Event, EventType } from '@headwater/protocol';

/** When the run had started up: the first step was issued and the worker could take it. */
export function readyAt(events: readonly Event[]): number {
  return Math.max(at(events, 'task-issued'), at(events, 'worker-ready'));
}

/** Wall clock from then to the last commit. */
export function stepsMs(events: readonly Event[]): number {
  const last = events.findLast((event) => event.type === 'task-committed');
  if (last === undefined) throw new Error('no step was committed');
  return last.t - readyAt(events);
}

/** What a step took around its cells: from its start to its report, without the time in cells. */
export function aroundMs(events: readonly Event[], step: string): number {
  const began = events.find((event) => event.type === 'task-began' && event.id === `${step}.0`);
  const executed = events.find((event) => event.type === 'task-executed' && event.id === `${step}.0`);
  if (began === undefined || executed?.type !== 'task-executed') throw new Error(`${step} did not run`);
  return executed.t - began.t - executed.report.cost.runMs;
}

function at(events: readonly Event[], type: EventType): number {
  const found = events.find((event) => event.type === type);
  if (found === undefined) throw new Error(`no ${type} in the log`);
  return found.t;
}
