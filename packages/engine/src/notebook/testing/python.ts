// For tests: asks the project's own Python, one process for many questions, JSON both ways.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const PYTHON = path.resolve(import.meta.dirname, '../../../../../.venv/bin/python');

export const hasPython = existsSync(PYTHON);

export function askPython(script: URL, question: unknown): unknown {
  const { stdout, stderr, status } = spawnSync(PYTHON, [script.pathname], { input: JSON.stringify(question), encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
