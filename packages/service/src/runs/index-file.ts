// What is known of a flow's runs, in the user's cache folder: rebuilt from the store whenever it is lost, and never trusted over it. A line a run.

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '@headwater/engine';

/** Raised when a line means something else: then the file is made anew. */
const FIRST_LINE = 'headwater runs 1';

export interface Known {
  /** Size and time of the summary it was read from: while both are the same, so is the run. */
  readonly stamp: string;
  /** A Candidate as JSON; kept as text, since most are never looked at. */
  readonly text: string;
}

export class IndexFile {
  readonly #file: string;

  constructor(store: string, flow: string, env: NodeJS.ProcessEnv = process.env) {
    const name = createHash('sha256').update(`${store}\n${flow}`).digest('hex').slice(0, 32);
    this.#file = path.join(cacheFolder(env), 'runs', `${name}.txt`);
  }

  async load(): Promise<Map<number, Known>> {
    const known = new Map<number, Known>();
    const file = await open(this.#file).catch(() => null);
    if (file === null) return known;
    for await (const line of file.readLines()) {
      if (known.size === 0 && line === FIRST_LINE) continue;
      const [number = '', stamp = ''] = line.split('\t', 2);
      if (stamp === '') return new Map();
      known.set(Number(number), { stamp, text: line.slice(number.length + stamp.length + 2) });
    }
    return known;
  }

  /** Whole or not at all; a cache that cannot be written costs time only. */
  async save(known: ReadonlyMap<number, Known>): Promise<void> {
    const part = `${this.#file}.${randomBytes(4).toString('hex')}`;
    try {
      await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      await writeFile(part, [FIRST_LINE, ...[...known].map(([number, { stamp, text }]) => `${number}\t${stamp}\t${text}`)].join('\n'), { mode: 0o600 });
      await rename(part, this.#file);
    } catch {
      // It is made again next time.
    }
  }
}
