import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Engine } from './engine.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-engine-'));
const tokenFile = path.join(folder, 'token');
writeFileSync(tokenFile, 'secret');

/** A program that says it listens on the port of its process, as the service does. */
function engineOf(script: string): { readonly engine: Engine; readonly said: string[]; readonly starts: () => number } {
  const said: string[] = [];
  let starts = 0;
  const engine = new Engine(() => {
    starts += 1;
    return Promise.resolve({ program: process.execPath, args: ['-e', script], env: { TOKEN: tokenFile } });
  }, (line) => said.push(line));
  onTestFinished(() => engine.end());
  return { engine, said, starts: () => starts };
}

const LISTENS = 'console.log(JSON.stringify({ type: "listening", port: process.pid, tokenFile: process.env.TOKEN })); setInterval(() => {}, 1000)';

test('whoever asks at the same time shares one; one that ended is started anew', async () => {
  const { engine, starts } = engineOf(LISTENS);
  const [first, second] = await Promise.all([engine.address(), engine.address()]);
  expect(second).toEqual(first);
  expect(first.token).toBe('secret');
  process.kill(first.port, 'SIGKILL');
  await expect.poll(async () => (await engine.address()).port).not.toBe(first.port);
  expect(starts()).toBe(2);
});

test('what it said last is kept for the message', async () => {
  const { engine } = engineOf('console.error("a\\nb\\nc\\nd"); process.exit(3)');
  await expect(engine.address()).rejects.toThrow('the service ended with 3');
  expect(engine.lastLines).toEqual(['b', 'c', 'd']);
});
