// What an executor must be able to do: start attempts somewhere and report what became of them. Built-in ones know nothing more than an outsider's.

import type { CellSource, FromWorker, Hello, RunId, Start, SyntaxProblem, World } from '@headwater/protocol';

export interface Executor {
  readonly name: string;
  /** Cells that cannot run here because they are no Python; rejects with a UserError when nothing can. Asked before the run has a number. */
  check(cells: readonly CellSource[]): Promise<SyntaxProblem[]>;
  /** Gets ready to run attempts of this run. Reports come from now on, until `close`. */
  open(hello: Hello, report: (message: FromWorker) => void): Promise<void>;
  start(start: Start): void;
  /** A held attempt may go on, in this world. */
  go(id: string, world: World): void;
  /**
   * Ends the process of an attempt; gently when a person asked for it: its `finally` blocks run. No result of it is reported any more.
   * Resolves when a process that was stopped gently has left.
   */
  stop(id: string, gently: boolean): Promise<void>;
  /**
   * Waits for an attempt of an earlier run that is still under way here, whoever started it; true when it has come to an end that
   * its manifest tells. One that waits for its engine is ended instead.
   */
  outlast(run: RunId, attempt: string): Promise<boolean>;
  /** Ends everything; resolves when no process is left. `leave`: what can go on without this engine does. */
  close(leave: boolean): Promise<void>;
}
