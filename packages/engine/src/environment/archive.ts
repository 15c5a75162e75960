// An environment as an archive for machines of another kind: made once, unpacked by whoever starts an interpreter there (worker/bootstrap.py).

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { environmentId, install, makeOnce, type BuildOptions } from './build.ts';
import { interpreterIn } from './find-tool.ts';
import type { Archive } from './provided.ts';
import { minorOf } from './python-version.ts';

/** Wheels are compressed already once: more effort costs much and gains little. */
const EFFORT = 3;
const NAME = 'environment.tar.gz';
const DIGEST = 'digest';

export async function buildArchive(lock: string, options: BuildOptions & { readonly target: string }): Promise<Archive> {
  const { version, target } = options;
  const folder = path.join(options.cache, 'archives', environmentId(lock, version, target));
  const file = path.join(folder, NAME);
  await makeOnce(folder, () => existsSync(file), async (passing) => {
    options.building();
    const made = path.join(passing, 'made');
    await install(lock, made, options);
    await writeFile(path.join(passing, DIGEST), await writeArchive(await contentsOf(made, minorOf(version)), path.join(passing, NAME)));
    await rm(made, { recursive: true });
  });
  return { file, digest: await readFile(path.join(folder, DIGEST), 'utf8'), bytes: (await stat(file)).size, python: minorOf(version), machine: target.split('-')[0] ?? '' };
}

/** Name in the archive → file: an environment as Python lays it out on Linux, without the interpreter. */
async function contentsOf(made: string, minor: string): Promise<Map<string, string>> {
  const programs = path.dirname(interpreterIn(made));
  const site = process.platform === 'win32' ? path.join(made, 'Lib', 'site-packages') : path.join(made, 'lib', `python${minor}`, 'site-packages');
  const found = new Map<string, string>();
  for (const [into, folder] of [[`lib/python${minor}/site-packages`, site], ['bin', programs]] as const) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile()) found.set(`${into}/${path.relative(folder, file).split(path.sep).join('/')}`, file);
    }
  }
  return found;
}

/** The digest of what was written. */
async function writeArchive(contents: ReadonlyMap<string, string>, file: string): Promise<string> {
  const archive = pack();
  const hash = createHash('sha256');
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await Promise.all([addAll(archive, contents), pipeline(archive, createGzip({ level: EFFORT }), count, createWriteStream(file))]);
  return hash.digest('hex');
}

/** One after the other, as fast as they are taken: an environment may be larger than memory. */
async function addAll(archive: Pack, contents: ReadonlyMap<string, string>): Promise<void> {
  for (const name of [...contents.keys()].sort()) {
    const file = contents.get(name) ?? '';
    const { size, mode } = await stat(file);
    await pipeline(createReadStream(file), archive.entry({ name, size, mtime: new Date(0), mode: mode & 0o111 ? 0o755 : 0o644 }));
  }
  archive.finalize();
}
