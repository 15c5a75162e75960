// The two wheels for JupyterLab: `headwater` (worker and client) and `headwater-jupyterlab` (front end, proxy entry, engine). They end up in dist/.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { must } from './tools.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const LAB = path.join(ROOT, 'extension-jupyter');
const DIST = path.join(ROOT, 'dist');
const PYTHON = path.join(ROOT, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** The front end as one module; what JupyterLab itself has is left to it. */
export async function buildFrontEnd() {
  rmSync(path.join(LAB, 'lib'), { recursive: true, force: true });
  await build({
    entryPoints: { index: path.join(LAB, 'src/index.ts') },
    outdir: path.join(LAB, 'lib'), bundle: true, format: 'esm', platform: 'browser', target: 'es2022', jsx: 'automatic', sourcemap: false,
    conditions: ['@headwater/source', 'browser'],
    external: ['@jupyterlab/*', '@lumino/*', '@codemirror/*', 'react', 'react-dom', 'react/*'],
  });
  await build({ entryPoints: { index: path.join(LAB, 'style/index.css') }, outdir: path.join(LAB, 'lib/style'), bundle: true });
  const builder = path.join(ROOT, 'node_modules/@jupyter/builder/lib/build-labextension.js');
  const core = path.join(ROOT, 'node_modules/@jupyterlab/core-meta/core.package.json');
  must(process.execPath, [builder, '--core-package-file', core, '.'], { cwd: LAB });
}

/** Bundle, parser and Python package, with the two small programs that start them. */
export function buildEngine() {
  const out = path.join(LAB, 'headwater_jupyterlab/engine');
  rmSync(out, { recursive: true, force: true });
  must(process.execPath, [path.join(ROOT, 'scripts/build.mjs'), path.join(out, 'dist')]);
  cpSync(path.join(ROOT, 'packages/cli/bin'), path.join(out, 'bin'), { recursive: true });
}

export function buildWheels() {
  mkdirSync(DIST, { recursive: true });
  for (const folder of ['kernel-bridge', 'extension-jupyter']) must(PYTHON, ['-m', 'build', '--wheel', '--no-isolation', '--outdir', DIST, folder], { cwd: ROOT });
}

export async function packageJupyter() {
  await buildFrontEnd();
  buildEngine();
  buildWheels();
}

if (import.meta.main ?? process.argv[1]?.endsWith('package-jupyter.mjs')) await packageJupyter();
