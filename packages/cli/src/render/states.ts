// States as a glyph and a word: shape first, then the word, colour only on top.

import { STATE_WORDS, type State } from '@headwater/protocol';
import { styleText } from 'node:util';
import type { StepSum } from '@headwater/engine';

type Look = readonly [glyph: string, colour: 'green' | 'red' | 'blue' | 'yellow' | 'gray'];

const LOOKS: Readonly<Record<State, Look>> = {
  waiting: ['◷', 'gray'],
  running: ['◐', 'blue'],
  executed: ['◷', 'gray'],
  done: ['✓', 'green'],
  failed: ['✗', 'red'],
  caught: ['⚠', 'yellow'],
  skipped: ['⊖', 'gray'],
  reused: ['↻', 'green'],
  discarded: ['⊗', 'gray'],
  stopped: ['■', 'yellow'],
  lost: ['?', 'yellow'],
  'not reached': ['○', 'gray'],
};

export type { State };

export function wordOf(state: State): string {
  return STATE_WORDS[state];
}

export function glyphOf(state: State): string {
  const [glyph, colour] = LOOKS[state];
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
