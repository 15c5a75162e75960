// Python processes that page through stored frames: one for each interpreter, gone when nobody has asked for a while.

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { UserError, type Params, type TablePage } from '@headwater/protocol';
import { bridgeFolder, workerEnvironment } from '@headwater/engine';

const START = 'import sys; sys.path.insert(0, sys.argv.pop(1)); from headwater.client.pages import main; main()';
const IDLE_MS = 120_000;

export type TableQuestion = Pick<Params<'table'>, 'store' | 'first' | 'count' | 'sort' | 'filter'> & { readonly artifact: string };
type Reply = TablePage | { readonly problem: string };

export class TableWorkers {
  readonly #workers = new Map<string, TableWorker>();

  ask(python: string, question: TableQuestion): Promise<TablePage> {
    const worker = this.#workers.get(python) ?? new TableWorker(python, () => this.#workers.delete(python));
    this.#workers.set(python, worker);
    return worker.ask(question);
  }

  close(): void {
    for (const worker of this.#workers.values()) worker.end();
  }
}

class TableWorker {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve: (page: TablePage) => void; reject: (error: Error) => void }[] = [];
  #idle: NodeJS.Timeout | null = null;

  constructor(python: string, gone: () => void) {
    this.#child = spawn(python, ['-c', START, bridgeFolder()], { env: workerEnvironment(process.env, 0) });
    this.#child.stderr.resume();
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(line));
    const end = () => {
      gone();
      for (const each of this.#waiting.splice(0)) each.reject(new UserError('table-lost', 'The process that reads the table ended.', 'Is there enough memory for the whole frame? Load it into the kernel instead.'));
    };
    this.#child.once('error', end);
    this.#child.once('close', end);
    this.#child.stdin.on('error', end);
  }

  ask(question: TableQuestion): Promise<TablePage> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    });
  }

  end(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }

  #hear(line: string): void {
    const reply = JSON.parse(line) as Reply;
    const waiting = this.#waiting.shift();
    if ('problem' in reply) waiting?.reject(new UserError('no-table', reply.problem, null));
    else waiting?.resolve(reply);
    if (this.#waiting.length === 0) this.#idle = setTimeout(() => this.end(), IDLE_MS).unref();
  }
}
