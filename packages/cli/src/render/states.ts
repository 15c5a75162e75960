// States as a glyph and a word: shape first, then the word, colour only on top.

import type { RunStatus, TaskStatus } from '@headwater/protocol';
import { styleText } from 'node:util';

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
