// Attempts as processes of this machine: one Python supervisor per run starts them, over a pipe of JSON lines.

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { decodeText, FromWorkerSchema, type FromWorker, type Hello, type Start, type ToWorker, type World } from '@headwater/protocol';
import type { Executor } from '../executor.ts';

/** How long a supervisor may take to end its tasks once the line is closed; it needs milliseconds. */
const CLOSE_MS = 5_000;
/** Of what the supervisor itself says on stderr (an import that fails, a traceback of ours), the end is kept for the report. */
const COMPLAINT_CHARS = 4_000;

/** Works whatever `PYTHONSAFEPATH` says; no other flag, for the search path must be the one a notebook kernel has. */
const START = 'import sys; sys.path.insert(0, sys.argv.pop(1)); from headwater.worker.supervisor import main; main()';

export interface LocalOptions {
  /** The interpreter. */
  readonly python: string;
  /** Folder that holds the `headwater` Python package. */
  readonly bridge: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

export class LocalExecutor implements Executor {
  readonly name = 'local';
  readonly #child: ChildProcess;
  #report: (message: FromWorker) => void = () => undefined;
  #complaint = '';
  #closing = false;

  /** Starts the interpreter at once: it warms up while the notebook is still being read. */
  constructor(options: LocalOptions) {
    this.#child = spawn(options.python, ['-c', START, options.bridge], {
      cwd: options.folder,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: false,
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-COMPLAINT_CHARS);
    });
    this.#child.on('error', (error) => this.#break('worker-start', `The interpreter ${options.python} cannot be started: ${error.message}.`));
    this.#child.on('exit', (code, signal) => this.#break('worker-ended', `The worker of this run ended (${signal ?? `exit code ${code ?? 0}`}).`));
  }

  open(hello: Hello, report: (message: FromWorker) => void): Promise<void> {
    this.#report = report;
    if (this.#child.stdout !== null) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#receive(line));
    }
    this.#send(hello);
    return Promise.resolve();
  }

  start(start: Start): void {
    this.#send(start);
  }

  go(id: string, world: World): void {
    this.#send({ type: 'go', id, world });
  }

  stop(id: string, gently: boolean): void {
    this.#send({ type: 'stop', id, gently });
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
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
      this.#report(decodeText(FromWorkerSchema, line, 'a message of the worker'));
    } catch (error) {
      this.#break('worker-wire', error instanceof Error ? error.message : String(error));
    }
  }

  #break(code: string, sentence: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#report({ type: 'broken', code, sentence, detail: this.#complaint.trim() });
  }
}
