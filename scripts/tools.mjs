// What only some suites need and no set-up brings: kept in this user's cache folder, for every checkout.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const TOOLS = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'headwater-tools');

/**
 * The folder of that name, filled by `make` once. It is filled beside its place and then renamed, so what is there is whole and two makers at once do no harm:
 * nothing in it may know where it stands.
 */
export function madeOnce(name, make) {
  const folder = path.join(TOOLS, name);
  if (existsSync(folder)) return folder;
  mkdirSync(path.dirname(folder), { recursive: true });
  const part = mkdtempSync(`${folder}.part-`);
  console.log(`making ${folder} (once, a minute or two)`);
  make(part);
  try {
    renameSync(part, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(part, { recursive: true, force: true });
  }
  return folder;
}

/** Runs a program whose words are shown only when it fails. */
export function must(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  process.exit(1);
}

/** A Python environment with what `requirements` lists, to be used by its Python alone: its scripts name the folder they were made in. */
export function makeEnvironment(name, requirements) {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  return madeOnce(`${name}-${digest}`, (folder) => {
    must(path.resolve('.venv/bin/python'), ['-m', 'venv', folder]);
    must(path.join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  });
}

const BROWSERS = [process.env.HEADWATER_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const findBrowser = () => BROWSERS.find((each) => each !== undefined && existsSync(each)) ?? null;

/** A browser for the journeys, installed where this user may do that; null where there can be none, and why was said. */
export function needBrowser() {
  const found = findBrowser();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('installing the package `chromium` (once, a minute)');
    // Somebody else may be installing: that is waited for.
    const apt = 'apt-get -o DPkg::Lock::Timeout=300 -qq';
    spawnSync('sh', ['-c', `${apt} update && DEBIAN_FRONTEND=noninteractive ${apt} install -y --no-install-recommends chromium`], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const installed = findBrowser();
  if (installed === null) console.log('skipped: there is no browser here; install the package `chromium`, or name one in HEADWATER_CHROMIUM');
  return installed;
}
