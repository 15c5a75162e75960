// What every store must do, as tests: built-in ones and an outsider's run the same.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';

/** An empty store of its own, and how to end it. */
export type MakeStore = () => Promise<{ readonly store: Store; readonly remove: () => Promise<void> }>;

export function describeStore(name: string, make: MakeStore): void {
  let store: Store;
  let remove: () => Promise<void>;

  beforeEach(async () => ({ store, remove } = await make()));
  afterEach(() => remove());

  const text = async (key: string) => decode(await store.get(key));
  const log = async (key: string, offset: number) => decode(await store.readLog(key, offset));

  describe(name, () => {
    it('can be initialised, and again', async () => {
      await store.initialise();
      await store.initialise();
    });

    it('gives back what was put, and null for what was not', async () => {
      await store.put('a/b/c.json', 'one');
      await store.put('a/b/c.json', 'two');
      expect(await text('a/b/c.json')).toBe('two');
      expect(await store.get('a/b/d.json')).toBeNull();
      expect([await store.has('a/b/c.json'), await store.has('a/b/d.json')]).toEqual([true, false]);
    });

    it('gives back any bytes, none at all too', async () => {
      const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256);
      await store.put('bytes', bytes);
      await store.put('empty', '');
      expect(Buffer.compare(await store.get('bytes') ?? Buffer.of(), bytes)).toBe(0);
      expect((await store.get('empty'))?.length).toBe(0);
    });

    it('creates once: of many writers exactly one wins, and its bytes stay', async () => {
      const won = await Promise.all(Array.from({ length: 20 }, (_, at) => store.create('runs/1', String(at))));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await text('runs/1')).toBe(String(won.indexOf(true)));
      expect(await store.list('runs/')).toEqual(['runs/1']);
    });

    it('lists what stands directly under a prefix, in pages', async () => {
      for (const key of ['x/3', 'x/1', 'x/2', 'x/deep/4', 'x/deep/5', 'y/6']) await store.put(key, '');
      expect(await store.list('x/')).toEqual(['x/1', 'x/2', 'x/3', 'x/deep/']);
      expect(await store.list('x/', { after: 'x/1', limit: 1 })).toEqual(['x/2']);
      expect(await store.list('x/', { after: 'x/3' })).toEqual(['x/deep/']);
      expect(await store.list('x/', { after: 'x/deep/' })).toEqual([]);
      expect(await store.list('nothing/')).toEqual([]);
    });

    it('takes keys with letters of any language, spaces and signs', async () => {
      const keys = ['f/größe & Co (1).json', "f/it's+100%~[1,2]@=.json", 'f/学习.json'];
      for (const key of keys) await store.put(key, key);
      expect(await Promise.all(keys.map(text))).toEqual(keys);
      expect((await store.list('f/')).sort()).toEqual([...keys].sort());
    });

    it('appends to a log and reads on from anywhere', async () => {
      const writer = await store.openLog('run/events.jsonl');
      await Promise.all(['one\n', 'two\n', 'three\n'].map((line) => writer.append(line)));
      expect(await log('run/events.jsonl', 4)).toBe('two\nthree\n');
      await writer.append('four\n');
      expect(await log('run/events.jsonl', 9)).toBe('hree\nfour\n');
      expect(await log('run/events.jsonl', 0)).toBe('one\ntwo\nthree\nfour\n');
      expect(await log('run/events.jsonl', 19)).toBe('');
      expect(decode(await store.readLog('run/events.jsonl', 5, 6))).toBe('wo\nthr');
      expect(await store.logSize('run/events.jsonl')).toBe(19);
      expect(await store.readLog('run/other', 0)).toBeNull();
      expect(await store.logSize('run/other')).toBeNull();
      await writer.close();
    });

    it('goes on with a log that another process began', async () => {
      const first = await store.openLog('run/events.jsonl');
      await first.append('one\n');
      await first.close();
      const second = await store.openLog('run/events.jsonl');
      await second.append('two\n');
      await second.close();
      expect(await log('run/events.jsonl', 0)).toBe('one\ntwo\n');
    });

    it('copies a log, and says when there was none', async () => {
      const writer = await store.openLog('runs/1/tasks/größe.0.log');
      await writer.append('x\n');
      await writer.append('y\n');
      await writer.close();
      expect(await store.copyLog('runs/1/tasks/größe.0.log', 'runs/2/tasks/größe.0.log')).toBe(true);
      expect(await log('runs/2/tasks/größe.0.log', 0)).toBe('x\ny\n');
      expect(await store.copyLog('nothing', 'to')).toBe(false);
    });

    it('deletes a key and everything below a prefix, and nothing beside it', async () => {
      await store.put('runs/1/a', '');
      await store.put('runs/1/deep/b', '');
      await store.put('runs/12/c', '');
      await store.delete('runs/1');
      expect(await store.list('runs/')).toEqual(['runs/12/']);
      await store.delete('runs/never-there');
    });

    it('lists everything under a prefix with its size, and gives parts of a value', async () => {
      for (const key of ['b/aa/one', 'b/bb/two', 'c/three']) await store.put(key, key.repeat(3));
      const found = await store.entries('b/');
      expect(found.map(({ key, size }) => [key, size]).sort()).toEqual([['b/aa/one', 24], ['b/bb/two', 24]]);
      expect(found.every(({ modified }) => Math.abs(modified - Date.now()) < 60_000)).toBe(true);
      expect(decode(await store.getPart('b/aa/one', 2, 6))).toBe('aa/one');
      expect(decode(await store.getPart('b/aa/one', 20, 100))).toBe('/one');
      expect(decode(await store.getPart('b/aa/one', 24, 100))).toBe('');
      expect(await store.getPart('b/none', 0, 10)).toBeNull();
    });

    it('sweeps what nobody has used since, and nothing younger', async () => {
      await store.put('blobs/old', 'x');
      expect(await store.touch('blobs/old')).toBe(true);
      expect(await store.touch('blobs/none')).toBe(false);
      expect(await store.sweep('blobs/old', Date.now() - 60_000)).toBe(false);
      expect(await text('blobs/old')).toBe('x');
      // A clock a week ahead: as if nobody had come for so long.
      expect(await store.sweep('blobs/old', Date.now() + 7 * 24 * 3_600_000)).toBe(true);
      expect(await text('blobs/old')).toBeNull();
      expect(await store.sweep('blobs/none', Date.now() + 7 * 24 * 3_600_000)).toBe(false);
    });

    it('tells a watcher about every change', async () => {
      const look = new AbortController();
      const writer = await store.openLog('run/log');
      await writer.append('x\n');
      const changed = new Promise<void>((resolve) => store.watch('run/log', resolve, look.signal));
      await writer.append('y\n');
      await changed;
      look.abort();
      await writer.close();
    });
  });
}

function decode(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
