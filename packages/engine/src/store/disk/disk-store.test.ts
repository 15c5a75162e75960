import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeStore } from '../testing/store-contract.ts';
import { DiskStore } from './disk-store.ts';

async function makeFolder() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headwater-store-'));
  return { store: new DiskStore(folder), folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

describeStore('a store in a folder', makeFolder);

it('leaves nothing half written beside what was created', async () => {
  const { store, folder, remove } = await makeFolder();
  onTestFinished(remove);
  await Promise.all(Array.from({ length: 20 }, (_, at) => store.create('runs/1', String(at))));
  expect(await readdir(path.join(folder, 'runs'))).toEqual(['1']);
});

it('refuses a key that leads out of the folder', async () => {
  const { store, remove } = await makeFolder();
  onTestFinished(remove);
  await expect(store.get('../secret')).rejects.toThrow('key outside the store');
});

it('has nothing below a file', async () => {
  const { store, remove } = await makeFolder();
  onTestFinished(remove);
  await store.put('a/b.json', '');
  expect(await store.get('a/b.json/below')).toBeNull();
});
