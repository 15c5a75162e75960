// The VSIX for VS Code: extension host, pages and engine, no native module. It ends up in dist/.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { madeOnce, must } from './tools.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const HERE = path.join(ROOT, 'extension-vscode');
/** What is packed, and nothing else of the folder. */
const STAGE = path.join(ROOT, '.cache/vsix');
export const VSIX = path.join(ROOT, 'dist/headwater-vscode-0.1.0.vsix');
/** Packaging alone needs it, so it is no dependency of the workspace: 100 MB. */
const VSCE = '4.1.0';

async function buildParts(out) {
  const shared = { absWorkingDir: HERE, bundle: true, minify: true, legalComments: 'linked', define: { 'process.env.NODE_ENV': '"production"' } };
  await build({
    ...shared, entryPoints: { extension: 'src/extension.ts' }, outdir: out, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode', 'bufferutil', 'utf-8-validate'],
    conditions: ['@headwater/source', 'node', 'import', 'default'],
  });
  await build({
    ...shared, entryPoints: { main: 'src/webview/main.tsx', page: 'src/webview/page.css' }, outdir: path.join(out, 'webview'), platform: 'browser', format: 'esm', target: 'es2022', jsx: 'automatic',
    conditions: ['@headwater/source', 'browser'],
  });
}

/** Bundle, parser and Python package, with the two small programs that start them. */
function buildEngine(out) {
  must(process.execPath, [path.join(ROOT, 'scripts/build.mjs'), path.join(out, 'dist')]);
  cpSync(path.join(ROOT, 'packages/cli/bin'), path.join(out, 'bin'), { recursive: true });
}

function findVsce() {
  const folder = madeOnce(`vsce-${VSCE}`, (made) => {
    writeFileSync(path.join(made, 'package.json'), '{ "private": true }');
    must('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@vscode/vsce@${VSCE}`], { cwd: made });
  });
  return path.join(folder, 'node_modules/@vscode/vsce/vsce');
}

export async function packageVscode() {
  rmSync(STAGE, { recursive: true, force: true });
  mkdirSync(STAGE, { recursive: true });
  mkdirSync(path.dirname(VSIX), { recursive: true });
  for (const name of ['package.json', 'README.md', 'media']) cpSync(path.join(HERE, name), path.join(STAGE, name), { recursive: true });
  cpSync(path.join(ROOT, 'LICENSE'), path.join(STAGE, 'LICENSE'));
  await buildParts(path.join(STAGE, 'dist'));
  buildEngine(path.join(STAGE, 'engine'));
  writeFileSync(path.join(STAGE, '.vscodeignore'), '');
  must(process.execPath, [findVsce(), 'package', '--no-dependencies', '--out', VSIX], { cwd: STAGE });
  return VSIX;
}

if (import.meta.main) await packageVscode();
