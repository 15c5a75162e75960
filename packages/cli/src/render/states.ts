// States as a glyph and a word: shape first, then the word, colour only on top.

import { STATE_WORDS, type State } from '@headwater/protocol';
import { styleText } from 'node:util';

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
