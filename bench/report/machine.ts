// What the numbers were measured on, without anything that tells one machine of a kind from another.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BENCH, OUR_ENVIRONMENT, programOf, ROOT } from '../places.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly platform: string;
  readonly node: string;
  readonly python: string;
}

export function describeMachine(): Machine {
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.release()}`,
    node: process.version,
    python: say(programOf(OUR_ENVIRONMENT, 'python'), '-c', 'import platform; print(platform.python_version())'),
  };
}

export interface Version {
  /** Short commit. */
  readonly commit: string;
  /** Tracked files differ from it. */
  readonly dirty: boolean;
}

export function describeVersion(): Version {
  return { commit: say('git', 'rev-parse', '--short', 'HEAD'), dirty: say('git', 'status', '--porcelain', '--untracked-files=no') !== '' };
}

/** The pinned peers, as their requirement files name them. */
export function listPins(): string[] {
  return ['metaflow', 'papermill', 'strata'].flatMap((peer) =>
    readFileSync(path.join(BENCH, 'peers', `${peer}.txt`), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')));
}

function say(program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd: ROOT, encoding: 'utf8' }).trim();
}
