// What an executor must be able to do: start attempts somewhere and report what became of them. Built-in ones know nothing more than an outsider's.

import type { FromWorker, Hello, Start, World } from '@headwater/protocol';

export interface Executor {
  readonly name: string;
  /** Resolves when attempts can be started here; rejects with a UserError when they never can. */
  check(): Promise<void>;
  /** Gets ready to run attempts of this run. Reports come from now on, until `close`. */
  open(hello: Hello, report: (message: FromWorker) => void): Promise<void>;
  start(start: Start): void;
  /** A held attempt may go on, in this world. */
  go(id: string, world: World): void;
  /** Ends the process of an attempt; gently when a person asked for it. Nothing is reported for it any more. */
  stop(id: string, gently: boolean): void;
  /** Ends everything; resolves when no process is left. */
  close(): Promise<void>;
}
