// States as a glyph and a word: shape first, then the word, colour only on top.

import type { RunStatus, TaskStatus } from '@headwater/protocol';
import { styleText } from 'node:util';
import type { StepSum } from '@headwater/engine';

type Look = readonly [glyph: string, word: string, colour: 'green' | 'red' | 'blue' | 'yellow' | 'gray'];

const LOOKS: Readonly<Record<TaskStatus | RunStatus | 'not reached', Look>> = {
  waiting: ['◷', 'Waiting', 'gray'],
  running: ['◐', 'Running', 'blue'],
  executed: ['◷', 'Waiting', 'gray'],
  done: ['✓', 'Done', 'green'],
  failed: ['✗', 'Failed', 'red'],
  caught: ['⚠', 'Caught', 'yellow'],
  skipped: ['⊖', 'Skipped', 'gray'],
  reused: ['↻', 'Reused', 'green'],
  discarded: ['⊗', 'Discarded', 'gray'],
  stopped: ['■', 'Stopped', 'yellow'],
  lost: ['?', 'Lost', 'yellow'],
  'not reached': ['○', 'Not reached', 'gray'],
};

export type State = keyof typeof LOOKS;

export function wordOf(state: State): string {
  return LOOKS[state][1];
}

export function glyphOf(state: State): string {
  const [glyph, , colour] = LOOKS[state];
  return styleText(colour, glyph);
}

/** `24 tasks, 2 failed, 3 reused`; nothing for a step with one task. */
export function countTasks({ tasks, counts, status }: StepSum): string {
  if (tasks === 1 || status === 'skipped') return '';
  const parts = (['failed', 'running', 'caught', 'reused', 'skipped'] as const).flatMap((status) => {
    const count = counts[status] ?? 0;
    return count === 0 || (count === tasks && status !== 'failed') ? [] : [`${count} ${wordOf(status).toLowerCase()}`];
  });
  return [`${tasks} tasks`, ...parts].join(', ');
}
