// Which artifacts are asked about before they are loaded.

import type { ArtifactRef } from '../host.ts';

const LARGE_BYTES = 1e9;

/** Of a store on a disk memory is mapped, and read when it is used: a question would only stand in the way. From anywhere else it comes over a network first. */
export const isLongWay = ({ store, size }: Pick<ArtifactRef, 'store' | 'size'>) => size > LARGE_BYTES && store.includes('://');
