// What an environment is to the run that has it, and what making one may know.

import type { EnvironmentRecord, Flow } from '@headwater/protocol';

/** What a run's record says of one. */
export interface Described {
  readonly record: Omit<EnvironmentRecord, 'lock'>;
  readonly lock: string;
}

/** One of this machine. */
export interface Provided extends Described {
  /** Its interpreter, as a person is told of it. */
  readonly python: string;
  /** Starts its interpreter: arguments of Python follow. */
  readonly command: readonly [string, ...string[]];
  /** What its processes start with. */
  readonly env: NodeJS.ProcessEnv;
}

/** One for steps that run elsewhere: an archive that their interpreter unpacks. */
export interface Travelling extends Described {
  readonly archive: Archive;
}

export interface Archive {
  readonly file: string;
  readonly digest: string;
  readonly bytes: number;
  /** What the interpreter there must be: `3.11`, and a machine as `uname` names it. */
  readonly python: string;
  readonly machine: string;
}

/** An environment of an earlier run, as its record has it. */
export interface Recorded {
  readonly record: EnvironmentRecord;
  readonly lock: string;
}

export interface ProvideOptions {
  readonly flow: Flow;
  /** The notebook's. */
  readonly folder: string;
  /** Folders that a container has to see, beside it: project, store, worker. */
  readonly folders: readonly string[];
  /** The interpreter the run would have without any of this, and whether somebody chose it. */
  readonly python: string;
  readonly isChosen: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** The platform of a step that runs elsewhere (build.ts), null for one of this machine. */
  readonly targetOf: (step: string) => string | null;
  /** What can be made again is kept there. */
  readonly cache: string;
  /** Variables that a worker is started with, by name: a container passes on what it is told to. */
  readonly variables: readonly string[];
  readonly upgrade: boolean;
  /** Of the run this one goes on from. */
  readonly recorded: readonly Recorded[];
  /** The same as that run had, whatever stands in files today. */
  readonly again: boolean;
  /** Told in a clause what takes its time. */
  readonly tell: (what: string) => void;
}

/** One of them. */
export interface Providing extends ProvideOptions {
  /** Steps that have it for themselves; null: everything that has none. */
  readonly steps: string[] | null;
  /** As sentences name them. */
  readonly who: string;
  readonly target: string | null;
}

/** What these steps had in the run that is to be had again. */
export function findBefore({ again, recorded, steps }: Providing): Recorded | undefined {
  return again ? recorded.find(({ record }) => JSON.stringify(record.steps) === JSON.stringify(steps)) : undefined;
}
