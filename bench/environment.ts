// The environment that ours, peers and limits are started with: a plain user's, whatever the one who measures has set.

import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Settings that colour numbers: unbuffered output, no compiled files, threads, another tool's configuration. */
const COLOURING = /^(PYTHON.*|NODE_OPTIONS|NODE_COMPILE_CACHE|NODE_V8_COVERAGE|npm_.*|HEADWATER_.*|METAFLOW_.*|JUPYTER.*|IPYTHON.*|UV_.*|VIRTUAL_ENV|CONDA_.*|OMP_.*|MKL_.*)$/;

export function makeEnvironment(work: string): NodeJS.ProcessEnv {
  const home = path.join(work, 'home');
  mkdirSync(home);
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !COLOURING.test(name)));
  return { ...kept, HOME: home, NODE_COMPILE_CACHE: path.join(work, 'compiled') };
}
