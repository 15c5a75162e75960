// The journeys through VS Code: packs and installs the VSIX, then a real browser walks them. Needs Chromium; without it they are skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { makeKernel } from './code.mjs';
import { installCodeServer, NEWEST, OLDEST } from './code-server.mjs';
import { packageVscode } from './package-vscode.mjs';

if (!existsSync('/usr/bin/chromium')) {
  console.log('skipped: there is no /usr/bin/chromium; install the package `chromium`');
  process.exit(process.env.CI === undefined ? 0 : 1);
}
const code = { newest: installCodeServer(NEWEST), oldest: installCodeServer(OLDEST), vsix: await packageVscode(), python: makeKernel() };
process.exit(spawnSync('vitest', ['run', '--project', 'vscode', ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, HEADWATER_CODE: JSON.stringify(code) } }).status ?? 1);
