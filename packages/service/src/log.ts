// The service's own log: methods, durations and codes, never a name, a path or a text of the person's work. Rotated by size.

import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MOST_BYTES = 1_000_000;
const OLD_FILES = 2;

export function logFolder(env: NodeJS.ProcessEnv): string {
  return path.join(env['XDG_STATE_HOME'] ?? path.join(os.homedir(), '.local', 'state'), 'headwater');
}

export class Log {
  readonly #file: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#file = path.join(folder, 'service.log');
  }

  write(what: string, facts: Readonly<Record<string, string | number | boolean | null>> = {}): void {
    try {
      this.#rotate();
      appendFileSync(this.#file, `${JSON.stringify({ at: new Date().toISOString(), pid: process.pid, what, ...facts })}\n`, { mode: 0o600 });
    } catch {
      // A log that cannot be written must not take the service with it.
    }
  }

  /** The last lines there are. */
  tail(lines: number): string[] {
    try {
      return readFileSync(this.#file, 'utf8').trimEnd().split('\n').slice(-lines);
    } catch {
      return [];
    }
  }

  #rotate(): void {
    if ((statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0) < MOST_BYTES) return;
    for (let at = OLD_FILES; at > 0; at -= 1) {
      const older = at === 1 ? this.#file : `${this.#file}.${at - 1}`;
      if (statSync(older, { throwIfNoEntry: false }) !== undefined) renameSync(older, `${this.#file}.${at}`);
    }
  }
}
