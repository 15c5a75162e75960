// Results are looked for one after the other: hundreds are asked for at once, most of the work happens at once, and what the worker says
// must be read in between. What nothing stands for comes first, for that has to run.

import type { Executed, Start } from '@headwater/protocol';

export type Seek = (start: Start) => Promise<Executed | null>;

export function inTurn(seek: Seek, isKnown: (start: Start) => boolean): Seek {
  const soon: (() => void)[] = [];
  const later: (() => void)[] = [];
  const isEmpty = () => soon.length + later.length === 0;
  const next = () => {
    // It is not waited for: a result that is still being made elsewhere takes its time.
    (soon.shift() ?? later.shift())?.();
    if (!isEmpty()) setImmediate(next);
  };
  return (start) => new Promise((resolve, reject) => {
    if (isEmpty()) setImmediate(next);
    (isKnown(start) ? later : soon).push(() => void seek(start).then(resolve, reject));
  });
}
