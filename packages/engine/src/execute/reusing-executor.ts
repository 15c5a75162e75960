// An executor in front of another: an attempt whose result is already there is reported instead of started.

import type { CellSource, Executed, FromWorker, Hello, RunId, Start, SyntaxProblem, World } from '@headwater/protocol';
import type { Executor } from './executor.ts';

export class ReusingExecutor implements Executor {
  readonly name: string;
  readonly #inner: Executor;
  readonly #find: (start: Start) => Promise<Executed | null>;
  readonly #looking = new Set<string>();
  #report: (message: FromWorker) => void = () => undefined;

  constructor(inner: Executor, find: (start: Start) => Promise<Executed | null>) {
    this.name = inner.name;
    this.#inner = inner;
    this.#find = find;
  }

  check(cells: readonly CellSource[]): Promise<SyntaxProblem[]> {
    return this.#inner.check(cells);
  }

  open(hello: Hello, report: (message: FromWorker) => void): Promise<void> {
    this.#report = report;
    return this.#inner.open(hello, report);
  }

  start(start: Start): void {
    this.#looking.add(start.id);
    void this.#find(start).catch(() => null).then((found) => {
      if (!this.#looking.delete(start.id)) return;
      if (found === null) this.#inner.start(start);
      else this.#report(found);
    });
  }

  go(id: string, world: World): void {
    this.#inner.go(id, world);
  }

  stop(id: string, gently: boolean): Promise<void> {
    return this.#looking.delete(id) ? Promise.resolve() : this.#inner.stop(id, gently);
  }

  outlast(run: RunId, attempt: string): Promise<boolean> {
    return this.#inner.outlast(run, attempt);
  }

  close(leave: boolean): Promise<void> {
    this.#looking.clear();
    return this.#inner.close(leave);
  }
}
