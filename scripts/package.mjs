// Everything a person installs, in dist/.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { packageJupyter } from './package-jupyter.mjs';
import { packageVscode } from './package-vscode.mjs';

await packageJupyter();
await packageVscode();
for (const name of readdirSync('dist')) console.log(`dist/${name}  ${(statSync(path.join('dist', name)).size / 1e6).toFixed(1)} MB`);
