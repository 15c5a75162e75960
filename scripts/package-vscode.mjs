// The VSIX for VS Code: extension host, pages and engine, no native module. It ends up in dist/.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '..');
const HERE = path.join(ROOT, 'extension-vscode');
/** What is packed, and nothing else of the folder. */
const STAGE = path.join(ROOT, '.cache/vsix');
export const VSIX = path.join(ROOT, 'dist/headwater-vscode-0.1.0.vsix');
/** Packaging alone needs it, so it is no dependency of the workspace: 100 MB. */
const VSCE = { version: '4.1.0', folder: path.join(ROOT, '.cache/vsce') };

function must(command, args, cwd = ROOT) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  process.exit(1);
}

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
  const program = path.join(VSCE.folder, 'node_modules/@vscode/vsce/vsce');
  if (existsSync(program)) return program;
  console.log('installing vsce in .cache/vsce (once, some seconds)');
  mkdirSync(VSCE.folder, { recursive: true });
  writeFileSync(path.join(VSCE.folder, 'package.json'), '{ "private": true }');
  must('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@vscode/vsce@${VSCE.version}`], VSCE.folder);
  return program;
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
  must(process.execPath, [findVsce(), 'package', '--no-dependencies', '--out', VSIX], STAGE);
  return VSIX;
}

if (import.meta.main) await packageVscode();
