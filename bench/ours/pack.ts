// Headwater as people install it: the packed engine beside `bin`, no TypeScript anywhere near.

import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../places.ts';
import { runCommand } from '../measure/run-command.ts';

/** Builds it into `folder`; returns the program. */
export async function packHeadwater(folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'bin'), { recursive: true });
  await runCommand([process.execPath, path.join(ROOT, 'scripts/build.mjs'), path.join(folder, 'dist')], { cwd: ROOT, env: process.env });
  for (const file of ['headwater.mjs', 'run-process.mjs']) cpSync(path.join(ROOT, 'packages/cli/bin', file), path.join(folder, 'bin', file));
  return path.join(folder, 'bin/headwater.mjs');
}

/** A script of ours bundled as the engine is, for what no command reaches by itself. */
export async function packScript(script: string, folder: string): Promise<string> {
  const outfile = path.join(folder, `${path.basename(script, '.ts')}.mjs`);
  await build({
    entryPoints: [script],
    absWorkingDir: ROOT,
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22.18',
    format: 'esm',
    conditions: ['@headwater/source'],
    banner: { js: "import { createRequire as hwRequire } from 'node:module'; const require = hwRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return outfile;
}
