// Failures of many tasks as a person wants them: each different one once, with how often it happened.

import type { Failure } from '@headwater/protocol';
import type { RunState } from '../run/state.ts';

export interface FailureGroup {
  readonly step: string;
  readonly tasks: readonly string[];
  /** Of the task that failed first. */
  readonly failure: Failure | null;
}

/** Numbers, addresses and quoted texts tell tasks apart, not errors. */
const DETAILS = /0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?|'[^']*'|"[^"]*"/gi;

function describe({ type, message, cell, line }: Failure): string {
  return `${type} ${message.replaceAll(DETAILS, '#')} ${cell ?? ''}:${line ?? ''}`;
}

export function groupFailures(state: RunState): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const { step: task, failure } of state.failures) {
    const step = task.replace(/[[@].*$/s, '');
    const key = `${step} ${failure === null ? '' : describe(failure)}`;
    const known = groups.get(key);
    groups.set(key, known === undefined ? { step, tasks: [task], failure } : { ...known, tasks: [...known.tasks, task] });
  }
  return [...groups.values()].map((group) => ({ ...group, tasks: [...group.tasks].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })) }));
}
