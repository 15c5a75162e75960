// The store's contract on real S3 servers, and what only S3 has: lost answers, fencing, servers that break their promise.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore, openStoreForRun } from '@headwater/engine';
import { describeStore } from '@headwater/engine/testing';
import { startFaultProxy, type Fault } from '../helpers/fault-proxy.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';

Object.assign(process.env, CREDENTIALS);

describe.each(['versitygw', 'minio'] as const)('%s', (tool) => {
  let server: S3Server;
  beforeAll(async () => (server = await startS3(tool)));
  afterAll(() => server.end());

  describeStore('a store in S3', async () => ({ store: await openStoreForRun(server.url(randomUUID()), true), remove: () => Promise.resolve() }));

  /** A store behind a proxy that breaks what `fault` chooses. */
  async function openBehind(fault: Fault) {
    const url = server.url(randomUUID());
    await openStoreForRun(url, true);
    const proxy = await startFaultProxy(server.endpoint, fault);
    onTestFinished(() => proxy.end());
    return openStore(url.replace(server.endpoint, proxy.endpoint));
  }

  it('knows its own claim when the answer was lost, and another\'s', async () => {
    let lose = 0;
    const store = await openBehind((request) => (request.method === 'PUT' && lose-- > 0 ? 'lost' : null));
    lose = 1;
    expect(await store.create('claim', 'mine')).toBe(true);
    lose = 1;
    expect(await store.create('claim', 'mine too')).toBe(false);
    expect(Buffer.from(await store.get('claim') ?? []).toString()).toBe('mine');
  });

  it('rides out refusals that pass', async () => {
    let bad = 0;
    const store = await openBehind(() => (bad-- > 0 ? 503 : null));
    bad = 4;
    expect(await store.create('claim', 'x')).toBe(true);
    bad = 4;
    expect(await store.list('')).toEqual(['claim', 'format.json']);
  });

  it('asks again when two conditional writes met', async () => {
    let bad = 2;
    const store = await openBehind((request) => (request.method === 'PUT' && bad-- > 0 ? 409 : null));
    expect(await store.create('claim', 'x')).toBe(true);
  });

  it('takes the log from an engine that another has replaced, which is told so', async () => {
    const url = server.url(randomUUID());
    const [old, young] = [await openStoreForRun(url, true), await openStoreForRun(url, true)];
    const zombie = await old.openLog('flows/nb/runs/00000001/events.jsonl');
    await zombie.append('one\n');
    const heir = await young.openLog('flows/nb/runs/00000001/events.jsonl');
    await heir.append('two\n');
    await expect(zombie.append('three\n')).rejects.toThrow('Another engine has taken over flows/nb/runs/00000001.');
    await expect(zombie.append('four\n')).rejects.toThrow('Another engine has taken over');
    await heir.append('five\n');
    expect(Buffer.from(await old.readLog('flows/nb/runs/00000001/events.jsonl', 0) ?? []).toString()).toBe('one\ntwo\nfive\n');
  });

  it('refuses a server that lets both of two writers win', async () => {
    const proxy = await startFaultProxy(server.endpoint, (request) => (request.method === 'PUT' && request.url?.includes('/probe/') === true ? 200 : null));
    onTestFinished(() => proxy.end());
    const url = server.url(randomUUID());
    await expect(openStoreForRun(url.replace(server.endpoint, proxy.endpoint), true)).rejects.toThrow('lets two writers both win a conditional write');
    await expect(openStore(url)).rejects.toThrow('There is no store at');
  });

  it.each([
    ['a bucket that is not there', (url: string) => url.replace('s3://team/', 's3://nobodys/'), 'is in a bucket that does not exist'],
    ['a server that is not there', (url: string) => url.replace(/:\d+$/, ':1'), 'cannot be reached: nothing answers at its endpoint'],
  ])('says what is wrong with %s', async (_, change, sentence) => {
    await expect(openStoreForRun(change(server.url('x')), true)).rejects.toThrow(sentence);
  });

  it.each([
    ['without the right to write', 403, 'AccessDenied', 'may not be used with these credentials'],
    ['with credentials that have expired', 400, 'ExpiredToken', 'refuses the credentials: they have expired'],
    ['by a machine whose clock is wrong', 403, 'RequestTimeTooSkewed', 'refuses requests of this machine: its clock is wrong'],
    ['in another region', 301, 'PermanentRedirect', 'is in another region'],
    ['in another region, signed for this one', 400, 'AuthorizationHeaderMalformed', 'is in another region'],
  ])('says what is wrong when it is asked %s', async (_, status, code, sentence) => {
    const proxy = await startFaultProxy(server.endpoint, () => ({ status, code }));
    onTestFinished(() => proxy.end());
    await expect(openStoreForRun(server.url(randomUUID()).replace(server.endpoint, proxy.endpoint), true)).rejects.toThrow(sentence);
  });

  it('says that credentials are wrong', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'wrong';
    onTestFinished(() => void Object.assign(process.env, CREDENTIALS));
    await expect(openStoreForRun(server.url('x'), true)).rejects.toThrow('refuses the signature: the secret key is wrong');
  });
});
