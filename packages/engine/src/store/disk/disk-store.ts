// A store in a folder. Values are written beside and renamed or linked into place, so that a reader never sees half of one.

import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, mkdirSync, openSync, statSync, unlinkSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Entry, LogWriter, Store } from '../store.ts';
import { absentAsNull, codeOf } from './absent.ts';
import { isSmall, readPart, readWhole } from './small-files.ts';
import { watchFile } from './watch-file.ts';

/** Files asked about at once: more are no faster and fill the memory. */
const STATS = 256;

export class DiskStore implements Store {
  readonly url: string;

  constructor(folder: string) {
    this.url = path.resolve(folder);
  }

  async initialise(): Promise<void> {
    await mkdir(this.url, { recursive: true });
    // A store in a repository is nobody's source.
    await this.create('.gitignore', '*\n');
  }

  async get(key: string): Promise<Uint8Array | null> {
    return absentAsNull(() => readWhole(this.#path(key)));
  }

  async has(key: string): Promise<boolean> {
    return (await absentAsNull(() => statSync(this.#path(key)))) !== null;
  }

  async logSize(key: string): Promise<number | null> {
    return (await absentAsNull(() => statSync(this.#path(key))))?.size ?? null;
  }

  async readLog(key: string, offset: number, length = Infinity): Promise<Uint8Array | null> {
    return absentAsNull(() => readPart(this.#path(key), offset, length));
  }

  async create(key: string, bytes: Uint8Array | string): Promise<boolean> {
    const part = await this.#writeBeside(key, bytes);
    try {
      linkSync(part, this.#path(key));
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    } finally {
      unlinkSync(part);
    }
  }

  async put(key: string, bytes: Uint8Array | string): Promise<void> {
    await rename(await this.#writeBeside(key, bytes), this.#path(key));
  }

  async delete(key: string): Promise<void> {
    await rm(this.#path(key), { force: true, recursive: true });
  }

  async copyLog(from: string, to: string): Promise<boolean> {
    // Most tasks show nothing: one question then, and no folder.
    if (!(await this.has(from))) return false;
    // A finished log or manifest never changes, so a second name for it is enough where the file system has hard links.
    mkdirSync(path.dirname(this.#path(to)), { recursive: true });
    try {
      linkSync(this.#path(from), this.#path(to));
    } catch {
      await copyFile(this.#path(from), this.#path(to));
    }
    return true;
  }

  async list(prefix: string, options: { after?: string; limit?: number } = {}): Promise<string[]> {
    const entries = await absentAsNull(() => readdir(this.#path(prefix), { withFileTypes: true })) ?? [];
    const keys = entries.filter((entry) => !entry.name.startsWith('.part-')).map((entry) => `${prefix}${entry.name}${entry.isDirectory() ? '/' : ''}`).sort();
    const { after, limit } = options;
    const rest = after === undefined ? keys : keys.filter((key) => key > after);
    return limit === undefined ? rest : rest.slice(0, limit);
  }

  async entries(prefix: string): Promise<Entry[]> {
    const found = await absentAsNull(() => readdir(this.#path(prefix), { withFileTypes: true, recursive: true })) ?? [];
    const files = found.filter((entry) => entry.isFile() && !entry.name.startsWith('.part-')).map((entry) => path.join(entry.parentPath, entry.name));
    const entries: Entry[] = [];
    for (let at = 0; at < files.length; at += STATS) {
      const facts = await Promise.all(files.slice(at, at + STATS).map((file) => absentAsNull(() => stat(file))));
      for (const [each, fact] of facts.entries()) if (fact !== null) entries.push({ key: path.relative(this.url, files[at + each] ?? '').split(path.sep).join('/'), size: fact.size, modified: fact.mtimeMs });
    }
    return entries;
  }

  getPart(key: string, at: number, length: number): Promise<Uint8Array | null> {
    return this.readLog(key, at, length);
  }

  async touch(key: string): Promise<boolean> {
    const now = new Date();
    return (await absentAsNull(() => utimesSync(this.#path(key), now, now))) !== null;
  }

  /** Moved aside first: whoever touched it until then is seen, whoever comes later finds it missing and writes it anew. */
  async sweep(key: string, before: number): Promise<boolean> {
    const aside = path.join(path.dirname(this.#path(key)), `.part-${randomBytes(6).toString('hex')}`);
    if ((await absentAsNull(() => rename(this.#path(key), aside))) === null) return false;
    const { mtimeMs } = await stat(aside);
    if (mtimeMs < before) {
      await rm(aside, { force: true });
      return true;
    }
    await rename(aside, this.#path(key));
    return false;
  }

  async openLog(key: string): Promise<LogWriter> {
    await mkdir(path.dirname(this.#path(key)), { recursive: true });
    const fd = openSync(this.#path(key), 'a');
    return {
      append: (text) => {
        writeSync(fd, text);
        return Promise.resolve();
      },
      close: () => {
        closeSync(fd);
        return Promise.resolve();
      },
    };
  }

  /** A folder is nowhere but here. */
  lend(): Promise<string | null> {
    return Promise.resolve(null);
  }

  watch(key: string, changed: () => void, signal: AbortSignal): void {
    watchFile(this.#path(key), changed, signal);
  }

  #path(key: string): string {
    const full = path.join(this.url, key);
    if (full !== this.url && !full.startsWith(this.url + path.sep)) throw new Error(`key outside the store: ${key}`);
    return full;
  }

  async #writeBeside(key: string, bytes: Uint8Array | string): Promise<string> {
    const folder = path.dirname(this.#path(key));
    const part = path.join(folder, `.part-${randomBytes(6).toString('hex')}`);
    const write = () => (isSmall(bytes.length) ? writeFileSync(part, bytes) : writeFile(part, bytes));
    try {
      await write();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      mkdirSync(folder, { recursive: true });
      await write();
    }
    return part;
  }
}
