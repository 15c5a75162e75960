// The environments of a run: what its steps ask for, made, and described for its record.

import { UserError } from '@headwater/protocol';
import { provideConda } from './conda.ts';
import { provideImage } from './image.ts';
import { providePackages } from './packages.ts';
import type { Provided, ProvideOptions, Providing } from './provided.ts';
import { readBeside } from './read-beside.ts';
import { findUv, UvTrouble } from './uv.ts';
import { findWants, needsBeside, type Wanted, type Wants } from './want.ts';

/** Throws UserError where one cannot be had: nothing has run by then. */
export async function provideEnvironments(options: ProvideOptions): Promise<Provided[]> {
  const wants = await findAll(options);
  const places = [...(wants.run === null ? [] : [{ steps: null, wanted: wants.run }]), ...shareAlike(wants)];
  return Promise.all(places.map(({ steps, wanted }) => provide(wanted, { ...options, steps, who: steps === null ? 'the run' : steps.join(', ') })));
}

async function findAll({ flow, folder, isChosen, python, env }: ProvideOptions): Promise<Wants> {
  const beside = needsBeside(flow, isChosen) ? await readBeside(folder, () => findUv(python, env, 'uv.lock')).catch(explainLock) : null;
  return findWants(flow, { beside, isChosen });
}

function explainLock(error: unknown): never {
  if (error instanceof UvTrouble) throw new UserError('bad-lock', `uv.lock cannot be read: ${error.message}.`, 'Mend it with `uv lock`, or choose an interpreter with `--python`.');
  throw error;
}

/** Steps that want the same have one together. */
function shareAlike({ steps }: Wants): { steps: string[]; wanted: Wanted }[] {
  const found = new Map<string, { steps: string[]; wanted: Wanted }>();
  for (const [step, wanted] of steps) {
    const key = JSON.stringify(wanted);
    const same = found.get(key) ?? { steps: [], wanted };
    same.steps.push(step);
    found.set(key, same);
  }
  return [...found.values()];
}

async function provide(wanted: Wanted, options: Providing): Promise<Provided> {
  if (wanted.kind === 'conda') return provideConda(wanted, options);
  if (wanted.kind === 'image') return provideImage(wanted, options);
  try {
    return await providePackages(wanted, options);
  } catch (error) {
    if (!(error instanceof UvTrouble)) throw error;
    throw new UserError('no-environment', `The environment of ${options.who} (${wanted.why}) cannot be made: ${error.message}.`, hintFor(error.message));
  }
}

function hintFor(message: string): string | null {
  return /error sending request|Failed to fetch|dns error|Could not connect/i.test(message) ? 'The package index cannot be reached; environments that were built before need none.' : null;
}
