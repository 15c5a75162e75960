// Random flows, every construct inside every other, against a small interpreter of what they mean.

import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, Project, PYTHON } from '../helpers/project.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const IS_HEAVY = process.env['HEADWATER_HEAVY'] === '1';
const FLOWS = IS_HEAVY ? 300 : 6;
const WORKERS = IS_HEAVY ? Math.min(2, cpus().length) : 1;

interface Verdict {
  readonly seed: number;
  readonly names: Record<string, unknown>;
  readonly tasks: Record<string, unknown>;
  readonly printed: string;
}

/** Seeds from `first` up to `last`; what each gave. */
async function judge(first: number, last: number): Promise<Verdict[]> {
  const project = new Project();
  const args = [path.join(ROOT, 'test/control/main.py'), process.execPath, BIN, project.path('run'), String(first), String(last)];
  const child = spawn(PYTHON, args, { env: { ...project.env, PYTHONPATH: path.join(ROOT, 'kernel-bridge/python') }, stdio: ['ignore', 'pipe', 'inherit'] });
  const { stdout, code } = await project.end(child);
  expect(code).toBe(0);
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Verdict);
}

describe(`${FLOWS} random flows`, () => {
  it('give what they mean', { timeout: 40 * 60_000 }, async () => {
    const share = FLOWS / WORKERS;
    const verdicts = (await Promise.all(Array.from({ length: WORKERS }, (_, at) => judge(at * share, (at + 1) * share)))).flat();
    expect(verdicts.filter(({ names, tasks }) => Object.keys(names).length + Object.keys(tasks).length > 0)).toEqual([]);
    expect(verdicts.map(({ seed }) => seed)).toEqual(Array.from({ length: FLOWS }, (_, at) => at));
  });
});
