// The word of every state, the same in the terminal and in both editors.

import type { RunStatus, TaskStatus } from './events.ts';

export type State = TaskStatus | RunStatus | 'not reached';

export const STATE_WORDS: Readonly<Record<State, string>> = {
  waiting: 'Waiting',
  running: 'Running',
  // Its cells have run; it waits until all steps above it are settled.
  executed: 'Waiting',
  done: 'Done',
  failed: 'Failed',
  caught: 'Caught',
  skipped: 'Skipped',
  reused: 'Reused',
  discarded: 'Discarded',
  stopped: 'Stopped',
  lost: 'Lost',
  'not reached': 'Not reached',
};
