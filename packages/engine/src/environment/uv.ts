// Running uv, and what it says when it cannot: its own words, made short.

import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '@headwater/protocol';
import { findTool } from './find-tool.ts';

export interface Uv {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What uv said when it could not. */
export class UvTrouble extends Error {}

/** On the path, beside the interpreter, or where its installers put it. Throws UserError where there is none. */
export function findUv(python: string, env: NodeJS.ProcessEnv, why: string): Uv {
  const program = findTool('uv', env, [path.dirname(python), path.join(os.homedir(), '.local', 'bin'), path.join(os.homedir(), '.cargo', 'bin')]);
  if (program === null) throw new UserError('no-uv', `${why} asks for packages; uv builds such an environment, and there is none on the path.`, 'Install it: pip install uv');
  return { program, env };
}

export interface UvOptions {
  /** Its settings are looked for from here; relative paths of requirements count from here, too. */
  readonly cwd: string;
  readonly input?: string;
}

/** What it printed; UvTrouble where it could not do it. */
export async function runUv({ program, env }: Uv, args: readonly string[], { cwd, input }: UvOptions): Promise<string> {
  const child = spawn(program, args, { cwd, env: { ...env, NO_COLOR: '1', VIRTUAL_ENV: undefined }, stdio: ['pipe', 'pipe', 'pipe'] });
  let [said, complaint] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdin.on('error', () => undefined).end(input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new UvTrouble(shorten(complaint));
  return said;
}

/** Enough for the chain of reasons of a clash between a handful of packages. */
const MOST_CHARS = 600;
const FRAME = /^[\s×│├╰─▶·|]*/u;

/** The reasons without what only introduces them: `Because six==99 …`. */
export function shorten(complaint: string): string {
  const lines = complaint.split('\n').map((line) => line.replace(FRAME, '').trim());
  const end = lines.findIndex((line) => line.startsWith('hint:'));
  const said = lines.slice(0, end < 0 ? lines.length : end).filter((line) => line !== '' && !line.startsWith('warning:') && !/^(Using|Resolved|Prepared|Creating) /.test(line));
  const reasons = said.length > 1 && /^(error: )?No solution found/.test(said[0] ?? '') ? said.slice(1) : said;
  const text = reasons.map((line) => line.replace(/^(error|cause): /, '')).join(' ').replace(/\s+/g, ' ').replace(/\.$/, '');
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}…` : text;
}
