// What travels to a pod or job: the worker, and of the project the modules and files that cells name. An allow-list: what is not on it stays here.

import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { codeKey, UserError } from '@headwater/protocol';
import { pack } from 'tar-stream';
import type { Store } from '../../store/store.ts';

/** Larger inputs belong in a bucket: every pod of the run fetches the package. */
const LARGEST_FILE_BYTES = 200 << 20;
/** Never travel, whatever names them. */
const SECRET = /(^|\/)(\.env(\..*)?|\.git|\.ssh|\.aws|\.netrc|\.npmrc|\.pypirc|id_[a-z0-9]+|[^/]+\.(pem|key|p12|pfx)|credentials)(\/|$)/;
const NEVER = new Set(['.git', '.venv', 'node_modules', '__pycache__', '.headwater', '.ipynb_checkpoints']);

export interface Packed {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** Name in the archive → file. */
export type Contents = ReadonlyMap<string, string>;

/** The Python package and the S3 client that travels with it. */
export function workerContents(bridge: string): Contents {
  const carried = path.join(path.dirname(bridge), 'carried');
  return new Map([
    ...walk(path.join(bridge, 'headwater')).map((file) => [`python/headwater/${file}`, path.join(bridge, 'headwater', file)] as const),
    ...walk(carried).map((file) => [`carried/${file}`, path.join(carried, file)] as const),
  ]);
}

export interface ProjectFiles {
  readonly project: string;
  /** The notebook's folder. */
  readonly folder: string;
  /** Files that cells name by a literal path, relative to the notebook's folder. */
  readonly named: readonly string[];
}

/** Python modules beside the notebook and at the project's root, and files that cells name. Throws UserError for a file that must not travel. */
export function projectContents({ project, folder, named }: ProjectFiles): Contents {
  const found = new Map<string, string>();
  for (const root of new Set([project, folder])) for (const file of walk(root)) if (file.endsWith('.py')) add(found, project, path.join(root, file));
  for (const name of named) {
    const file = path.resolve(folder, name);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat === undefined || !isInside(project, file)) continue;
    if (SECRET.test(path.relative(project, file).split(path.sep).join('/'))) throw new UserError('secret-file', `${name} is read by a cell and looks like a secret: it does not travel to a pod.`, 'Give the step what it needs by `secret:NAME`.');
    if (stat.size > LARGEST_FILE_BYTES) throw new UserError('file-too-large', `${name} has ${Math.round(stat.size / 1e6)} MB: too much to send to every pod.`, 'Put it into the bucket and read it from there.');
    if (stat.isFile()) add(found, project, file);
  }
  return found;
}

function add(found: Map<string, string>, project: string, file: string): void {
  const name = path.relative(project, file).split(path.sep).join('/');
  // A link may lead out of the project; its own name says nothing.
  if (!isInside(realpathSync(project), realpathSync(file)) || SECRET.test(name)) return;
  found.set(name, file);
}

const isInside = (folder: string, file: string) => !path.relative(folder, file).startsWith('..') && !path.isAbsolute(path.relative(folder, file));

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NEVER.has(entry.name) || entry.name.startsWith('.')) return [];
    if (entry.isDirectory()) return walk(path.join(folder, entry.name)).map((file) => `${entry.name}/${file}`);
    return entry.isFile() ? [entry.name] : [];
  });
}

/** The same contents give the same bytes: times, owners and order of the disk do not get in. */
export async function packContents(contents: Contents): Promise<Packed> {
  const archive = pack();
  for (const name of [...contents.keys()].sort()) archive.entry({ name, mtime: new Date(0), mode: 0o644 }, readFileSync(contents.get(name) ?? ''));
  archive.finalize();
  const bytes = await buffer(archive.pipe(createGzip({ level: 6 })));
  return { digest: createHash('sha256').update(bytes).digest('hex'), bytes };
}

/** Puts a package where pods fetch it, once. */
export async function sendPackage(store: Store, { digest, bytes }: Packed): Promise<void> {
  if (!(await store.touch(codeKey(digest)))) await store.create(codeKey(digest), bytes);
}
