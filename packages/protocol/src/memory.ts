// How much memory a step used beside what its tag asks for; the same words in the terminal and in both editors.

import { formatBytes } from './numbers.ts';

/** A step whose tag asks for much more than it took keeps others from starting; below this nobody waits for the difference. */
const WORTH_ASKING_LESS = 1e9;
/** The next run's data may be larger. */
const MARGIN = 1.5;

/** `3.1 GB`, or `3.1 GB of 8.0 GB` where a tag asks for so much; nothing where it is not known. */
export function describeUsed(peakBytes: number | null, askedBytes: number | null): string {
  if (peakBytes === null || peakBytes === 0) return '';
  return askedBytes === null ? formatBytes(peakBytes) : `${formatBytes(peakBytes)} of ${formatBytes(askedBytes)}`;
}

/** The tag that asks for enough and much less, or null. */
export function enoughMemory(peakBytes: number | null, askedBytes: number | null): string | null {
  if (peakBytes === null || peakBytes === 0 || askedBytes === null || askedBytes <= WORTH_ASKING_LESS) return null;
  const enough = Math.max(1, Math.ceil((peakBytes * MARGIN) / 1e9));
  return askedBytes < enough * 2e9 ? null : `memory:${enough}G`;
}
