// The journeys through JupyterLab: builds and installs the wheels, then a real browser walks them. Needs Chromium; without it they are skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { makeLab } from './lab.mjs';

if (!existsSync('/usr/bin/chromium')) {
  console.log('skipped: there is no /usr/bin/chromium; install the package `chromium`');
  process.exit(process.env.CI === undefined ? 0 : 1);
}
const lab = await makeLab();
process.exit(spawnSync('vitest', ['run', '--project', 'jupyter', ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, HEADWATER_LAB: lab } }).status ?? 1);
