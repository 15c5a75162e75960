// An environment of packages, by uv: resolved, built, kept.

import { UserError } from '@headwater/protocol';
import { buildArchive } from './archive.ts';
import { activate, buildEnvironment, environmentId, type BuildOptions } from './build.ts';
import { interpreterIn } from './find-tool.ts';
import { makeLock, packagesOf, settingsOf, type Lock } from './lock.ts';
import { findBefore, type Described, type Provided, type Providing, type Travelling } from './provided.ts';
import { askVersion, minorOf, satisfies } from './python-version.ts';
import { findUv, runUv, type Uv } from './uv.ts';
import type { Wanted } from './want.ts';

type Packages = Extract<Wanted, { kind: 'packages' }>;

export async function providePackages(wanted: Packages, options: Providing): Promise<Provided> {
  const { record, lock, build } = await describe(wanted, options);
  const folder = await buildEnvironment(lock, build);
  return { record, lock, python: interpreterIn(folder), command: [interpreterIn(folder)], env: activate(folder, options.env) };
}

/** For steps that run on another machine. */
export async function packPackages(wanted: Packages, options: Providing & { readonly target: string }): Promise<Travelling> {
  const { record, lock, build } = await describe(wanted, options);
  return { record, lock, archive: await buildArchive(lock, { ...build, target: options.target }) };
}

/** All that is known of it before it is built. */
async function describe(wanted: Packages, options: Providing): Promise<Described & { readonly build: BuildOptions }> {
  const { env, steps, who, target, tell, cache } = options;
  const uv = findUv(options.python, env, steps === null ? `The notebook (${wanted.why})` : `Step \`${who}\` (${wanted.why})`);
  const before = findBefore(options);
  const { python, version } = await findPython(options, { uv, requires: before === undefined ? wanted.requiresPython : `==${minorOf(before.record.python)}.*` });
  const known = options.recorded.map(({ record, lock }): Lock => ({ text: lock, asked: record.asked }));
  const lock = before === undefined ? await makeLock(wanted, { uv, python, version, target, folder: options.folder, cache, upgrade: options.upgrade, known }) : { text: before.lock, asked: before.record.asked };
  const packages = packagesOf(lock.text);
  return {
    record: { id: environmentId(lock.text, version, target), steps, why: wanted.why, python: version, asked: lock.asked, packages },
    lock: lock.text,
    build: { uv, python, version, cache, target, folder: options.folder, settings: await settingsOf(wanted.settings, cache), building: () => tell(`building the environment of ${who}: ${countPackages(packages)}`) },
  };
}

export function countPackages(packages: Readonly<Record<string, string>>): string {
  const count = Object.keys(packages).length;
  return `${count} package${count === 1 ? '' : 's'}`;
}

/** The launching interpreter, unless something else is said. */
async function findPython({ python, who, folder }: Providing, { uv, requires }: { uv: Uv; requires: string | null }): Promise<{ python: string; version: string }> {
  const version = await askVersion([python]);
  if (version !== null && (requires === null || satisfies(version, requires))) return { python, version };
  if (requires === null) throw new UserError('bad-interpreter', `${python} does not work as a Python interpreter.`, '`--python` names another.');
  const other = (await runUv(uv, ['python', 'find', '--no-project', requires], { cwd: folder }).catch(() => '')).trim();
  const found = other === '' ? null : await askVersion([other]);
  if (found !== null && satisfies(found, requires)) return { python: other, version: found };
  throw new UserError('no-python', `The environment of ${who} needs Python ${requires}; this is ${version ?? 'none'}, and uv finds no other.`, `Install one, such as with \`uv python install "${requires}"\`, or name it with \`--python\`.`);
}
