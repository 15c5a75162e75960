// Journeys of a person through an editor, in a real browser: `node scripts/journeys.mjs jupyter|vscode|editors`. Makes what they need first; with `--tools` only that.
import { spawnSync } from 'node:child_process';
import { makeKernel } from './code.mjs';
import { installCodeServer, NEWEST, OLDEST } from './code-server.mjs';
import { makeLab, makeOldestEnvironment, makeOldestLab } from './lab.mjs';
import { packageVscode } from './package-vscode.mjs';
import { needBrowser } from './tools.mjs';

const lab = async () => ({ HEADWATER_LAB: await makeLab() });
const labs = async () => ({ ...await lab(), HEADWATER_LAB_OLDEST: makeOldestLab() });
const code = async () => ({ HEADWATER_CODE: JSON.stringify({ newest: installCodeServer(NEWEST), oldest: installCodeServer(OLDEST), vsix: await packageVscode(), python: makeKernel() }) });
/** What the tests of a project find in their environment. */
const PARTS = { jupyter: [labs], vscode: [code], editors: [lab, code] };

const servers = () => [NEWEST, OLDEST].forEach((version) => installCodeServer(version));
/** What of it is made once for this user. */
const TOOLS = { jupyter: [makeKernel, makeOldestEnvironment], vscode: [makeKernel, servers], editors: [makeKernel, servers] };

const [project, ...rest] = process.argv.slice(2);
const browser = needBrowser();
if (browser === null) process.exit(0);
if (rest.includes('--tools')) {
  for (const make of TOOLS[project]) make();
  process.exit(0);
}
const env = { ...process.env, HEADWATER_CHROMIUM: browser };
for (const make of PARTS[project]) Object.assign(env, await make());
process.exit(spawnSync('vitest', ['run', '--project', project, ...rest], { stdio: 'inherit', env }).status ?? 1);
