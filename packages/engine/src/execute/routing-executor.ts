// An executor that is several: each step runs where it is to run, the interpreter of this machine checks the cells.

import type { CellSource, FromWorker, Hello, RunId, Start, SyntaxProblem, World } from '@headwater/protocol';
import type { Executor } from './executor.ts';

export class RoutingExecutor implements Executor {
  readonly name: string;
  readonly #local: Executor;
  readonly #elsewhere: ReadonlyMap<string, Executor>;
  readonly #placeOf: (start: Start) => string;
  /** Where attempts were started that were not started here. */
  readonly #sent = new Map<string, Executor>();

  constructor(local: Executor, elsewhere: ReadonlyMap<string, Executor>, placeOf: (start: Start) => string) {
    this.name = [local.name, ...elsewhere.keys()].join('+');
    this.#local = local;
    this.#elsewhere = elsewhere;
    this.#placeOf = placeOf;
  }

  async check(cells: readonly CellSource[]): Promise<SyntaxProblem[]> {
    const [problems] = await Promise.all([this.#local.check(cells), ...this.#others().map((each) => each.check(cells))]);
    return problems;
  }

  async open(hello: Hello, report: (message: FromWorker) => void): Promise<void> {
    // What a run ran with is told by the interpreter of everything that says nothing else.
    const pass = (message: FromWorker) => message.type === 'ready' ? undefined : report(message);
    await Promise.all([this.#local.open(hello, report), ...this.#others().map((each) => each.open(hello, pass))]);
  }

  start(start: Start): void {
    // A step that reads what cannot be stored runs where its maker lives, wherever it was to run itself.
    const there = start.inside === null ? this.#elsewhere.get(this.#placeOf(start)) : this.#sent.get(start.inside);
    if (there !== undefined) this.#sent.set(start.id, there);
    (there ?? this.#local).start(start);
  }

  go(id: string, world: World): void {
    this.#of(id).go(id, world);
  }

  stop(id: string, gently: boolean): Promise<void> {
    return this.#of(id).stop(id, gently);
  }

  async outlast(run: RunId, attempt: string): Promise<boolean> {
    for (const each of this.#others()) if (await each.outlast(run, attempt)) return true;
    return false;
  }

  async close(leave: boolean): Promise<void> {
    await Promise.all([...this.#others(), this.#local].map((each) => each.close(leave)));
  }

  #others(): Executor[] {
    return [...this.#elsewhere.values()];
  }

  #of(id: string): Executor {
    return this.#sent.get(id) ?? this.#local;
  }
}
