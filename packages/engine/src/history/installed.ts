// What a run ran with: interpreter and packages by version, those of steps with an environment of their own under the steps' names.

import { environmentKey, type InstalledChange, type RunId, type RunRecord } from '@headwater/protocol';
import { asText, readRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

/** Name → version. */
export type Installed = ReadonlyMap<string, string>;

export async function readInstalled(store: Store, run: RunId): Promise<Installed> {
  const [record, environment] = await Promise.all([readRecord(store, run.flow, run.number), store.get(environmentKey(run.flow, run.number))]);
  const text = asText(environment);
  return new Map([...(text === null ? [] : installedIn(JSON.parse(text) as Described)), ...(record === null ? [] : installedOf(record))]);
}

/** As the worker writes it down (worker/environment.py). */
interface Described {
  readonly python?: unknown;
  readonly packages?: Readonly<Record<string, string>>;
}

export function installedIn({ python, packages }: Described): [string, string][] {
  return [...(typeof python === 'string' ? [['python', python] as [string, string]] : []), ...Object.entries(packages ?? {})];
}

/** Of steps that have an environment for themselves. */
export function installedOf({ environments }: RunRecord): [string, string][] {
  return environments.flatMap(({ steps, python, packages }) => (steps === null ? [] : [['python', python], ...Object.entries(packages)].map(([name = '', version = '']): [string, string] => [`${name} (${steps.join(', ')})`, version])));
}

/** Null where one of the runs does not say what it had: a run that was killed did not come to it. */
export async function findInstalledChanges(store: Store, before: RunId, now: RunId): Promise<InstalledChange[] | null> {
  const [was, is] = await Promise.all([readInstalled(store, before), readInstalled(store, now)]);
  return was.has('python') && is.has('python') ? compareInstalled(was, is) : null;
}

export function compareInstalled(before: Installed, now: Installed): InstalledChange[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name) ?? null, now.get(name) ?? null];
    return was === is ? [] : [{ name, before: was, now: is }];
  });
}
