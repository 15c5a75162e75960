// The environments of a run: what its steps ask for, made, and described for its record.

import { UserError } from '@headwater/protocol';
import { provideConda } from './conda.ts';
import { provideImage } from './image.ts';
import { packPackages, providePackages } from './packages.ts';
import type { Provided, ProvideOptions, Providing, Travelling } from './provided.ts';
import { readBeside } from './read-beside.ts';
import { shareAlike, type Share } from './share.ts';
import { findUv, UvTrouble } from './uv.ts';
import { findWants, needsBeside, type Wanted, type Wants } from './want.ts';

export interface Environments {
  readonly here: readonly Provided[];
  readonly elsewhere: readonly Travelling[];
}

/** Throws UserError where one cannot be had: nothing has run by then. */
export async function provideEnvironments(options: ProvideOptions): Promise<Environments> {
  const shares = shareAlike(options.flow, await findAll(options), options.targetOf);
  const [here, elsewhere] = await Promise.all([
    Promise.all(shares.filter(({ target }) => target === null).map((share) => provide(share.wanted, makeProviding(options, share)))),
    Promise.all(shares.flatMap((share) => share.target === null || share.wanted.kind !== 'packages' ? [] : [pack(share.wanted, { ...makeProviding(options, share), target: share.target })])),
  ]);
  return { here, elsewhere };
}

const makeProviding = (options: ProvideOptions, { steps, target }: Share): Providing => ({ ...options, steps, target, who: steps === null ? 'the run' : steps.join(', ') });

async function findAll({ flow, folder, isChosen, python, env }: ProvideOptions): Promise<Wants> {
  const beside = needsBeside(flow, isChosen) ? await readBeside(folder, () => findUv(python, env, 'uv.lock')).catch(explainLock) : null;
  return findWants(flow, { beside, isChosen });
}

function explainLock(error: unknown): never {
  if (error instanceof UvTrouble) throw new UserError('bad-lock', `uv.lock cannot be read: ${error.message}.`, 'Mend it with `uv lock`, or choose an interpreter with `--python`.');
  throw error;
}

async function provide(wanted: Wanted, options: Providing): Promise<Provided> {
  if (wanted.kind === 'conda') return provideConda(wanted, options);
  if (wanted.kind === 'image') return provideImage(wanted, options);
  return providePackages(wanted, options).catch((error: unknown) => explain(error, wanted, options));
}

function pack(wanted: Extract<Wanted, { kind: 'packages' }>, options: Providing & { readonly target: string }): Promise<Travelling> {
  return packPackages(wanted, options).catch((error: unknown) => explain(error, wanted, options));
}

function explain(error: unknown, { why }: Wanted, { who, target }: Providing): never {
  if (!(error instanceof UvTrouble)) throw error;
  throw new UserError('no-environment', `The environment of ${who} (${why}) cannot be made${target === null ? '' : ` for ${target}`}: ${error.message}.`, hintFor(error.message, target));
}

function hintFor(message: string, target: string | null): string | null {
  if (target !== null && /wheel/i.test(message)) return 'What travels to another machine is made of wheels; take an image that has the package, or a version that has wheels.';
  return /error sending request|Failed to fetch|dns error|Could not connect/i.test(message) ? 'The package index cannot be reached; environments that were built before need none.' : null;
}
