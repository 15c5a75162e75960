// What a run ran with: interpreter and packages by version, those of steps with an environment of their own under the steps' names.

import { environmentKey, parseRunId, type InstalledChange, type RunId, type RunRecord } from '@headwater/protocol';
import { asText, readRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

/** Name → version. */
export type Installed = ReadonlyMap<string, string>;

/** As the worker writes it down (worker/environment.py). */
interface Described {
  readonly python?: unknown;
  readonly packages?: Readonly<Record<string, string>>;
}

/** `described`: what its interpreter has, of a run under way that has not written it down yet. */
export async function readInstalled(store: Store, run: RunId, described?: Described | null): Promise<Installed> {
  const [record, own] = await Promise.all([readRecord(store, run.flow, run.number), described ?? readDescribed(store, run)]);
  return new Map([...(own === null ? [] : installedIn(own)), ...(record === null ? [] : installedOf(record))]);
}

async function readDescribed(store: Store, { flow, number }: RunId): Promise<Described | null> {
  const text = asText(await store.get(environmentKey(flow, number)));
  return text === null ? null : JSON.parse(text) as Described;
}

function installedIn({ python, packages }: Described): [string, string][] {
  return [...(typeof python === 'string' ? [['python', python] as [string, string]] : []), ...Object.entries(packages ?? {})];
}

/** Of steps that have an environment for themselves. */
function installedOf({ environments }: RunRecord): [string, string][] {
  return environments.flatMap(({ steps, python, packages }) => (steps === null ? [] : [['python', python], ...Object.entries(packages)].map(([name = '', version = '']): [string, string] => [`${name} (${steps.join(', ')})`, version])));
}

/** Since the run it goes on from. Null where there is none, or one of the two does not say what it had: a run that was killed did not come to it. */
export async function findInstalledChanges(store: Store, run: RunId, resumes: string | null, described?: Described | null): Promise<InstalledChange[] | null> {
  const earlier = resumes === null ? null : parseRunId(resumes);
  if (earlier === null) return null;
  const [was, is] = await Promise.all([readInstalled(store, earlier), readInstalled(store, run, described)]);
  return was.has('python') && is.has('python') ? compareInstalled(was, is) : null;
}

function compareInstalled(before: Installed, now: Installed): InstalledChange[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name) ?? null, now.get(name) ?? null];
    return was === is ? [] : [{ name, before: was, now: is }];
  });
}
