import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskStore } from './disk-store.ts';

let folder: string;
let store: DiskStore;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'headwater-store-'));
  store = new DiskStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const text = async (key: string) => {
  const bytes = await store.get(key);
  return bytes === null ? null : new TextDecoder().decode(bytes);
};

describe('a store in a folder', () => {
  it('gives back what was put, and null for what was not', async () => {
    await store.put('a/b/c.json', 'one');
    await store.put('a/b/c.json', 'two');
    expect(await text('a/b/c.json')).toBe('two');
    expect(await store.get('a/b/d.json')).toBeNull();
    expect(await store.get('a/b/c.json/below-a-file')).toBeNull();
  });

  it('creates once: of many writers exactly one wins', async () => {
    const won = await Promise.all(Array.from({ length: 20 }, (_, at) => store.create('runs/1', String(at))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await text('runs/1')).toBe(String(won.indexOf(true)));
    expect(await readdir(path.join(folder, 'runs'))).toEqual(['1']);
  });

  it('lists what stands directly under a prefix, in pages', async () => {
    for (const key of ['x/3', 'x/1', 'x/2', 'x/deep/4', 'y/5']) await store.put(key, '');
    expect(await store.list('x/')).toEqual(['x/1', 'x/2', 'x/3', 'x/deep/']);
    expect(await store.list('x/', { after: 'x/1', limit: 1 })).toEqual(['x/2']);
    expect(await store.list('nothing/')).toEqual([]);
  });

  it('appends to a log and reads on from anywhere', async () => {
    const log = await store.openLog('run/events.jsonl');
    await log.append('one\n');
    await log.append('two\n');
    expect(new TextDecoder().decode(await store.read('run/events.jsonl', 4) ?? undefined)).toBe('two\n');
    expect((await store.read('run/events.jsonl', 8))?.length).toBe(0);
    expect(await store.read('run/other', 0)).toBeNull();
    await log.close();
  });

  it('copies, and says when there was nothing to copy', async () => {
    await store.put('from', 'x');
    expect(await store.copy('from', 'deep/to')).toBe(true);
    expect(await text('deep/to')).toBe('x');
    expect(await store.copy('nothing', 'to')).toBe(false);
  });

  it('deletes a key and everything below a prefix', async () => {
    await store.put('runs/1/a', '');
    await store.delete('runs/1');
    expect(await store.list('runs/')).toEqual([]);
    await store.delete('runs/never-there');
  });

  it('refuses a key that leads out of the folder', async () => {
    await expect(store.get('../secret')).rejects.toThrow('key outside the store');
  });

  it('tells a watcher about every change', async () => {
    const look = new AbortController();
    await store.put('run/log', '');
    const changed = new Promise<void>((resolve) => store.watch('run/log', resolve, look.signal));
    const log = await store.openLog('run/log');
    await log.append('x\n');
    await changed;
    look.abort();
    await log.close();
  });
});
