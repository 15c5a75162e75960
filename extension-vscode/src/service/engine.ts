// The service of this window: started when it is first needed, started again when it has ended. Runs do not depend on it.

import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Listening } from '@headwater/protocol';

export interface EngineStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Address {
  readonly port: number;
  readonly token: string;
}

/** Lines kept for the message when it cannot start. */
const KEPT = 3;

export class Engine {
  readonly #start: () => Promise<EngineStart>;
  readonly #log: (line: string) => void;
  #child: ChildProcess | null = null;
  #address: Promise<Address> | null = null;
  #lastLines: string[] = [];

  /** `start` says how, each time anew: settings and trust may have changed. Throws what keeps it from starting. */
  constructor(start: () => Promise<EngineStart>, log: (line: string) => void) {
    this.#start = start;
    this.#log = log;
  }

  get lastLines(): readonly string[] {
    return this.#lastLines;
  }

  /** Where it listens; starts it if it does not run. */
  address(): Promise<Address> {
    if (this.#address !== null) return this.#address;
    const address = this.#launch();
    this.#address = address;
    address.catch(() => { if (this.#address === address) this.#address = null; });
    return address;
  }

  /** Ends it; the next who needs it starts it again. */
  end(): void {
    this.#child?.kill();
    this.#child = null;
    this.#address = null;
  }

  async #launch(): Promise<Address> {
    const { program, args, env } = await this.#start();
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#lastLines = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.#lastLines = [...this.#lastLines, line].slice(-KEPT);
      this.#log(line);
    });
    const listening = await new Promise<Listening>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as Listening));
      child.once('error', reject);
      // What it says last may come after its end.
      child.once('close', (code, signal) => {
        this.#forget(child);
        this.#log(`the service ended (${signal ?? String(code)})`);
        reject(new Error(`the service ended with ${signal ?? String(code)}`));
      });
    });
    if (listening.port === null) throw new Error('the service listens on no port');
    this.#log(`the service listens on port ${String(listening.port)}`);
    return { port: listening.port, token: await readFile(listening.tokenFile, 'utf8') };
  }

  #forget(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#address = null;
  }
}
