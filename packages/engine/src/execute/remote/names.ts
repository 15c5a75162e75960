// What a process, or a wave of them, is known by where it runs. Pure.

import type { RemoteStart, WaveStart } from '@headwater/protocol';

type Start = RemoteStart | WaveStart;

/** What tells it from others of its run. */
export const idOf = (start: Start) => ('wave' in start ? start.wave : start.process);

/** `train[3].0`, or of a wave `train`. */
export const titleOf = (start: Start) => ('wave' in start ? /[^/[.]*(?=[^/]*$)/.exec(start.wave)?.[0] ?? '' : start.process);

/** One that is tried again is by itself. */
export const tryOf = (start: Start) => ('wave' in start ? 0 : start.try);
