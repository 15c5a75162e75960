// The environment an interpreter gives: compared with that of an earlier run, as its worker recorded it (worker/environment.py).

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { bridgeFolder } from './resources.ts';

const run = promisify(execFile);
const MOST_BYTES = 16 << 20;

const EnvironmentSchema = v.object({ python: v.string(), implementation: v.string(), machine: v.string(), packages: v.record(v.string(), v.string()) });
export type Environment = v.InferOutput<typeof EnvironmentSchema>;

const QUESTION = 'import json, sys; sys.path.append(sys.argv.pop(1)); from headwater.worker.environment import describe_environment; print(json.dumps(describe_environment()))';

/** null where the interpreter cannot say. */
export async function describeEnvironment(python: string): Promise<Environment | null> {
  try {
    return readEnvironment((await run(python, ['-c', QUESTION, bridgeFolder()], { maxBuffer: MOST_BYTES })).stdout);
  } catch {
    return null;
  }
}

export function isSameEnvironment(here: Environment, recorded: string): boolean {
  const there = readEnvironment(recorded);
  return there !== null && JSON.stringify(plain(here)) === JSON.stringify(plain(there));
}

function plain({ python, implementation, machine, packages }: Environment): unknown {
  return [python, implementation, machine, Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1))];
}

/** As a worker wrote it down; null for what is none. */
export function readEnvironment(text: string): Environment | null {
  try {
    const result = v.safeParse(EnvironmentSchema, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
