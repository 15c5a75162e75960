// What an interpreter has, for `doctor`: asked once, in a process of its own.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PATIENCE_MS = 20_000;

const QUESTION = `
import json, sys
found = {"version": ".".join(map(str, sys.version_info[:3]))}
for name in ("IPython", "numpy", "pandas", "matplotlib"):
    try:
        found[name] = __import__(name).__version__
    except Exception:
        found[name] = None
print(json.dumps(found))
`;

/** Name → version, null for what cannot be imported; or null when it does not run at all. */
export async function inspectInterpreter(python: string): Promise<Record<string, string | null> | null> {
  try {
    const { stdout } = await run(python, ['-c', QUESTION], { timeout: PATIENCE_MS });
    return JSON.parse(stdout) as Record<string, string | null>;
  } catch {
    return null;
  }
}
