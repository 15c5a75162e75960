// Attempts as processes of this machine: one Python supervisor per run starts them, over a pipe of JSON lines.

import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { decodeText, FromWorkerSchema, UserError, type CellSource, type FromWorker, type Hello, type Start, type SyntaxProblem, type ToWorker, type World } from '@headwater/protocol';
import type { Executor } from '../executor.ts';
import { spawnSupervisor, type LocalOptions } from './spawn-supervisor.ts';

/** How long a supervisor may take to end its tasks once the line is closed; it needs milliseconds. */
const CLOSE_MS = 5_000;
/** Of what the supervisor itself says on stderr (an import that fails, a traceback of ours), the end is kept for the report. */
const COMPLAINT_CHARS = 4_000;

const TOO_OLD_HINT = 'Choose another with `--python`, or activate an environment that has one.';

/** A worker that cannot serve: what became of it, or what it said. */
type Trouble = Extract<FromWorker, { type: 'broken' }>;

export class LocalExecutor implements Executor {
  readonly name = 'local';
  readonly #options: LocalOptions;
  readonly #child: ChildProcess;
  readonly #checked: Promise<Trouble | SyntaxProblem[]>;
  #tellChecked: (result: Trouble | SyntaxProblem[]) => void = () => undefined;
  #report: ((message: FromWorker) => void) | null = null;
  #complaint = '';
  #closing = false;
  #trouble: Trouble | null = null;
  /** Attempts that were stopped, until their process is gone, if it matters when. */
  readonly #leaving = new Map<string, { readonly gently: boolean; readonly tell: () => void }>();
  /** Attempts under way whose files are put back when they are stopped: nobody may look at them before. */
  readonly #writing = new Set<string>();

  /** `child`: a supervisor with these options that has said nothing to anybody yet. */
  constructor(options: LocalOptions, child: ChildProcess = spawnSupervisor(options)) {
    this.#options = options;
    this.#child = child;
    this.#checked = new Promise((resolve) => {
      this.#tellChecked = resolve;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-COMPLAINT_CHARS);
    });
    if (this.#child.stdout !== null) createInterface({ input: this.#child.stdout }).on('line', (line) => this.#receive(line));
    this.#child.on('error', (error) => this.#break('worker-start', `The interpreter ${options.python} cannot be started: ${error.message}.`));
    // `close`, not `exit`: what it said last must be read first.
    this.#child.on('close', (code, signal) => this.#break('worker-ended', `The worker of this run ended (${signal ?? `exit code ${code ?? 0}`}).`));
  }

  async check(cells: readonly CellSource[]): Promise<SyntaxProblem[]> {
    this.#send({ type: 'parse', cells: cells.map(({ index, source }) => ({ index, source })) });
    const result = await this.#checked;
    if (Array.isArray(result)) return result;
    const trouble = result;
    if (trouble.code === 'python-too-old') throw new UserError(trouble.code, trouble.sentence, TOO_OLD_HINT);
    throw new UserError('bad-interpreter', `${this.#options.python} does not work as a Python interpreter: ${trouble.detail.split('\n').at(-1) || trouble.sentence}`, '`--python` names another.');
  }

  open(hello: Hello, report: (message: FromWorker) => void): Promise<void> {
    this.#report = report;
    if (this.#trouble !== null) report(this.#trouble);
    this.#send({ ...hello, environment: this.#options.environment });
    return Promise.resolve();
  }

  start(start: Start): void {
    if (start.asks.writes.length > 0) this.#writing.add(start.id);
    this.#send(start);
  }

  go(id: string, world: World): void {
    this.#send({ type: 'go', id, world });
  }

  stop(id: string, gently: boolean): Promise<void> {
    this.#send({ type: 'stop', id, gently });
    return (gently || this.#writing.has(id)) && this.#trouble === null ? new Promise((resolve) => this.#leaving.set(id, { gently, tell: resolve })) : Promise.resolve();
  }

  /** Processes of this machine end with their engine. */
  outlast(): Promise<boolean> {
    return Promise.resolve(false);
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_MS);
    await ended;
    clearTimeout(timer);
  }

  #send(message: ToWorker): void {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  #receive(line: string): void {
    try {
      const message = decodeText(FromWorkerSchema, line, 'a message of the worker');
      if (message.type === 'parsed') this.#tellChecked(message.problems);
      else if (message.type === 'broken') this.#break(message.code, message.sentence);
      else this.#pass(message);
    } catch (error) {
      this.#break('worker-wire', error instanceof Error ? error.message : String(error));
    }
  }

  #pass(message: Exclude<FromWorker, { type: 'parsed' | 'broken' }>): void {
    this.#report?.(message);
    if (message.type === 'executed' || message.type === 'died' || message.type === 'gone') this.#letGo(message.type, message.id);
  }

  #letGo(how: 'executed' | 'died' | 'gone', id: string): void {
    this.#writing.delete(id);
    const leaving = this.#leaving.get(id);
    // An attempt that ended on its own while the stop was on its way has put back what there was to put back.
    if (leaving === undefined || (how === 'executed' && leaving.gently)) return;
    leaving.tell();
    this.#leaving.delete(id);
  }

  #break(code: string, sentence: string): void {
    if (this.#closing || this.#trouble !== null) return;
    this.#trouble = { type: 'broken', code, sentence, detail: this.#complaint.trim() };
    this.#tellChecked(this.#trouble);
    this.#report?.(this.#trouble);
    for (const { tell } of this.#leaving.values()) tell();
  }
}
