// What the first lines in a pod or job are told, as JSON in `HEADWATER_START` (worker/bootstrap.py); and where the wire's lines stand in the store.

import { keyPart } from './layout.ts';

interface Fetched {
  /** Lent by the store for a time: no credentials are needed to fetch it. */
  readonly url: string;
  readonly digest: string;
}

/** Code of ours and of the project, or the packages that the process's steps have for themselves, for an interpreter of that minor on that machine. */
export type RemotePackage =
  | (Fetched & { readonly into: 'worker' | 'project' })
  | (Fetched & { readonly into: 'environment'; readonly python: string; readonly machine: string });

interface Begun {
  readonly packages: readonly RemotePackage[];
  /** By the address that leads to it from there. */
  readonly store: string;
  /** Key prefix of the run. */
  readonly prefix: string;
  /** So long a process that waits for its engine may hear nothing of it. */
  readonly aloneSeconds: number;
}

export interface RemoteStart extends Begun {
  /** Key of the process's wire. */
  readonly wire: string;
  /** The attempt the process begins with. */
  readonly process: string;
  /** Counts from 0: a pod that was lost to the cluster is followed by another. */
  readonly try: number;
}

/** Of many processes at once: each finds the attempt it begins with by the number that its place gives it. */
export interface WaveStart extends Begun {
  /** Key of the list of their attempts. */
  readonly wave: string;
}

const LINE_DIGITS = 8;
const line = (number: number) => String(number).padStart(LINE_DIGITS, '0');

export const codeKey = (digest: string) => `code/${digest}.tar.gz`;
export const wireKey = (prefix: string, process: string) => `${prefix}/wire/${keyPart(process)}`;
/** Written again and again, each time with another value, while some process waits for the engine. */
export const engineSignKey = (prefix: string) => `${prefix}/wire/engine`;
export const wavesPrefix = (prefix: string) => `${prefix}/waves/`;
/** `first`: the attempt its first process begins with. */
export const waveKey = (prefix: string, first: string) => `${wavesPrefix(prefix)}${keyPart(first)}.json`;
export const toWorkerKey = (wire: string, number: number) => `${wire}/to/${line(number)}`;
export const fromWorkerKey = (wire: string, tryNumber: number, number: number) => `${wire}/${tryNumber}/${line(number)}`;
