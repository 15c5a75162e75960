// The Python process of a run, as a child of its engine.

import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Works whatever `PYTHONSAFEPATH` says; no other flag, for the search path must be the one a notebook kernel has. Every Python since 2.6
 * understands these lines, so that an old one can say what it is.
 */
const START = `
import sys
if sys.version_info < (3, 9):
    version = ".".join(map(str, sys.version_info[:3]))
    sys.stdout.write('{"type":"broken","code":"python-too-old","sentence":"%s is Python %s; cells need Python 3.9 or newer.","detail":""}\\n' % (sys.executable, version))
    sys.exit(0)
sys.path.insert(0, sys.argv.pop(1))
from headwater.worker.main import main
main()
`;

export interface LocalOptions {
  /** The interpreter, as a person is told of it. */
  readonly python: string;
  /** Starts it: arguments of Python follow. */
  readonly command: readonly [string, ...string[]];
  /** Folder that holds the `headwater` Python package. */
  readonly bridge: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Of the steps it serves, where they have one for themselves; else null. */
  readonly environment: string | null;
}

export function spawnSupervisor({ command: [program, ...args], bridge, folder, env }: LocalOptions): ChildProcess {
  const child: ChildProcess = spawn(program, [...args, '-c', START, bridge], { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin?.on('error', () => undefined);
  return child;
}
