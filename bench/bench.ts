// What rows get: a folder of their own, the packed engine, the peers that are there, and a place for remarks.

import type { Headwater } from './ours/headwater.ts';
import type { Limits } from './limits/limits.ts';
import type { Metaflow } from './peers/metaflow.ts';
import type { Papermill } from './peers/papermill.ts';
import type { Strata } from './peers/strata.ts';

export interface Peers {
  readonly metaflow: Metaflow | null;
  readonly papermill: Papermill | null;
  readonly strata: Strata | null;
}

export interface Bench extends Peers {
  /** An empty folder of this row: a project of its own with its first commit, on the file system of the checkout. */
  readonly folder: string;
  readonly headwater: Headwater;
  /** A plain user's environment, for what a row starts by itself. */
  readonly env: NodeJS.ProcessEnv;
  readonly limits: Limits;
  /** Something a reader of the numbers must know. */
  readonly note: (text: string) => void;
}

/** The list without what is missing. */
export function present<T>(...items: readonly (T | null)[]): T[] {
  return items.filter((item) => item !== null);
}
