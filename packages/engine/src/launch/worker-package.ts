// The worker as it travels: packed once for each version of it and minor of Python, with its compiled files. A pod that has to compile it itself, as every
// pod begins without any, starts its cells a second or two later.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeOnce } from '../environment/build.ts';
import { askVersion, minorOf } from '../environment/python-version.ts';
import { packContents, workerContents, type Contents, type Packed } from '../execute/remote/code-package.ts';
import { cacheFolder } from './cache-folder.ts';
import { bridgeFolder } from './resources.ts';

const run = promisify(execFile);

/** Taken as they are, whatever times their sources have: what is unpacked has times of its own. */
const COMPILE = ['-I', '-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash'] as const;
const NAME = 'worker.tar.gz';
const DIGEST = 'digest';
/** Rises when the same files are packed another way. */
const FORM = 2;

/** Compiled by this interpreter: an image of another minor finds the sources beside. */
export async function packWorker(python: string): Promise<Packed> {
  const contents = workerContents(bridgeFolder());
  const folder = path.join(cacheFolder(process.env), 'workers', idOf(contents, minorOf(await askVersion([python]) ?? '')));
  const file = path.join(folder, NAME);
  await makeOnce(folder, () => existsSync(file), async (passing) => {
    const files = path.join(passing, 'files');
    for (const [name, source] of contents) {
      await mkdir(path.dirname(path.join(files, name)), { recursive: true });
      await cp(source, path.join(files, name));
    }
    // One that cannot compile it, for a disk that is full or a Python of its own kind, makes a package without.
    await run(python, [...COMPILE, files]).catch(() => undefined);
    await packCarried(path.join(files, 'carried'));
    const { digest, bytes } = await packContents(await allIn(files));
    await writeFile(path.join(passing, DIGEST), digest);
    await writeFile(path.join(passing, NAME), bytes);
    await rm(files, { recursive: true });
  });
  return { digest: await readFile(path.join(folder, DIGEST), 'utf8'), bytes: await readFile(file) };
}

/** Few need it, and putting its files down takes longer than all the rest: it stays packed until somebody does (store/carrier/carried.py). */
async function packCarried(folder: string): Promise<void> {
  await writeFile(`${folder}.tar.gz`, (await packContents(await allIn(folder))).bytes);
  await rm(folder, { recursive: true });
}

/** Changes with whatever travels. */
function idOf(contents: Contents, minor: string): string {
  const files = [...contents].map(([name, file]) => [name, statSync(file).size, statSync(file).mtimeMs]);
  return createHash('sha256').update(JSON.stringify([FORM, minor, files])).digest('hex').slice(0, 16);
}

async function allIn(folder: string): Promise<Contents> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(entries.filter((entry) => entry.isFile()).map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(folder, file).split(path.sep).join('/'), file];
  }));
}
