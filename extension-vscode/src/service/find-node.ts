// A Node for the engine: what the person named, the editor's own if it is new enough and knows SQLite, else the first good one of this machine.

import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '@headwater/protocol';

const OLDEST = [22, 18] as const;
/** Long enough for a cold start on a busy machine. */
const PATIENCE_MS = 20_000;

export interface NodeWish {
  /** The setting, or null. */
  readonly named: string | null;
  /** The program that runs the extension host. */
  readonly own: string;
  readonly path: string;
  readonly home: string;
}

export type FoundNode = { readonly kind: 'found'; readonly program: string; readonly version: string } | { readonly kind: 'none'; readonly problem: Problem };

export async function findNode(wish: NodeWish): Promise<FoundNode> {
  if (wish.named !== null) {
    const version = await ask(wish.named);
    return version !== null && isEnough(version) ? { kind: 'found', program: wish.named, version } : { kind: 'none', problem: notThatOne(wish.named, version) };
  }
  for (const program of [wish.own, ...candidates(wish)]) {
    const version = await ask(program);
    if (version !== null && isEnough(version)) return { kind: 'found', program, version };
  }
  return { kind: 'none', problem: NONE };
}

export function isEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** On the path, then where installers and version managers put them, the newest first. */
export function candidates({ path: search, home }: Pick<NodeWish, 'path' | 'home'>): string[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = [
    ...search.split(path.delimiter).filter((folder) => path.isAbsolute(folder)),
    ...versions(path.join(home, '.nvm/versions/node'), 'bin'), ...versions(path.join(home, '.local/share/fnm/node-versions'), 'installation/bin'),
    path.join(home, '.volta/bin'), '/opt/homebrew/bin', '/usr/local/bin', '/usr/bin',
  ];
  return [...new Set(folders.map((folder) => path.join(folder, name)))].filter((program) => existsSync(program));
}

function versions(folder: string, inside: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true })).map((version) => path.join(folder, version, inside));
}

/** Its version, or null for what is no Node or has no SQLite. An editor's own program is a Node only when told so. */
function ask(program: string): Promise<string | null> {
  return new Promise((resolve) => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
    execFile(program, ['-e', "require('node:sqlite'); console.log(process.versions.node)"], { env, timeout: PATIENCE_MS }, (error, stdout) => resolve(error === null ? stdout.trim() : null));
  });
}

const NONE: Problem = {
  code: 'no-node', sentence: 'Headwater needs Node 22.18 or newer, and none was found.', hint: 'Install it from nodejs.org, or name one in the setting `headwater.node`.',
};

function notThatOne(program: string, version: string | null): Problem {
  const sentence = version === null ? `\`${program}\` is no Node that Headwater can use.` : `\`${program}\` is Node ${version}; Headwater needs 22.18 or newer.`;
  return { code: 'bad-node', sentence, hint: 'Change the setting `headwater.node`, or empty it.' };
}
