// The packed engine: one folder with bundle, parser and Python package, the same in npm, wheel and VSIX. `build.mjs [FOLDER]`.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '..');
const OUT = path.resolve(process.argv[2] ?? path.join(ROOT, 'packages/cli/dist'));
const require = createRequire(path.join(ROOT, 'packages/engine/package.json'));

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
await build({
  entryPoints: { early: 'packages/cli/src/early.ts', 'early-interpreter': 'packages/cli/src/early-interpreter.ts', main: 'packages/cli/src/main.ts', 'run-process': 'packages/cli/src/run-process.ts' },
  absWorkingDir: ROOT,
  outdir: OUT,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  chunkNames: 'chunk-[hash]',
  minify: true,
  platform: 'node',
  target: 'node22.18',
  format: 'esm',
  conditions: ['@headwater/source'],
  // Packages in CommonJS that the bundle holds may ask for Node's own modules.
  banner: { js: "import { createRequire as hwRequire } from 'node:module'; const require = hwRequire(import.meta.url);" },
  legalComments: 'linked',
});
for (const wasm of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/tree-sitter-python.wasm']) {
  cpSync(require.resolve(wasm), path.join(OUT, path.basename(wasm)));
}
cpSync(path.join(ROOT, 'kernel-bridge/python/headwater'), path.join(OUT, 'python/headwater'), {
  recursive: true,
  filter: (source) => !source.includes('__pycache__'),
});
cpSync(path.join(ROOT, 'kernel-bridge/carried'), path.join(OUT, 'carried'), { recursive: true, filter: (source) => !source.includes('__pycache__') });
writeFileSync(path.join(OUT, '.packed'), '');
