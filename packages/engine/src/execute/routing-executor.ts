// An executor that is several: each step runs where it is to run, the interpreter of this machine checks the cells.

import type { CellSource, FromWorker, Hello, RunId, Start, SyntaxProblem, World } from '@headwater/protocol';
import type { Executor } from './executor.ts';

export class RoutingExecutor implements Executor {
  readonly name: string;
  readonly #local: Executor;
  readonly #elsewhere: Executor;
  readonly #isElsewhere: (step: string) => boolean;
  /** Attempts that were started elsewhere. */
  readonly #sent = new Set<string>();

  constructor(local: Executor, elsewhere: Executor, isElsewhere: (step: string) => boolean) {
    this.name = `${local.name}+${elsewhere.name}`;
    this.#local = local;
    this.#elsewhere = elsewhere;
    this.#isElsewhere = isElsewhere;
  }

  async check(cells: readonly CellSource[]): Promise<SyntaxProblem[]> {
    const [problems] = await Promise.all([this.#local.check(cells), this.#elsewhere.check(cells)]);
    return problems;
  }

  async open(hello: Hello, report: (message: FromWorker) => void): Promise<void> {
    await Promise.all([this.#local.open(hello, report), this.#elsewhere.open(hello, report)]);
  }

  start(start: Start): void {
    // A step that reads what cannot be stored runs where its maker lives, wherever it was to run itself.
    const there = start.inside === null ? this.#isElsewhere(start.step) : this.#sent.has(start.inside);
    if (there) this.#sent.add(start.id);
    (there ? this.#elsewhere : this.#local).start(start);
  }

  go(id: string, world: World): void {
    this.#of(id).go(id, world);
  }

  stop(id: string, gently: boolean): Promise<void> {
    return this.#of(id).stop(id, gently);
  }

  outlast(run: RunId, attempt: string): Promise<boolean> {
    return this.#elsewhere.outlast(run, attempt);
  }

  async close(leave: boolean): Promise<void> {
    await Promise.all([this.#elsewhere.close(leave), this.#local.close(leave)]);
  }

  #of(id: string): Executor {
    return this.#sent.has(id) ? this.#elsewhere : this.#local;
  }
}
