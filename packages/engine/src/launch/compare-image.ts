// What an image turned out to have in an earlier run, held against the environment that launches this one: said before it starts, for functions travel as code.

import { createHash } from 'node:crypto';
import { ownEnvironmentKey } from '@headwater/protocol';
import { minorOf } from '../environment/python-version.ts';
import { asText, listSummaries } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { describeEnvironment, readEnvironment, type Environment } from './environment.ts';

const RUNS = 4;
const NAMED = 3;

/** Under which a run notes what its pods or jobs found in their image. */
export const imageId = (reference: string) => `image-${createHash('sha256').update(reference).digest('hex').slice(0, 12)}`;

export interface ImageComparison {
  readonly store: Store;
  readonly flow: string;
  readonly image: string;
  /** The interpreter at hand. */
  readonly python: string;
}

/** How they differ in a clause, or null: they do not, or nobody can know yet. */
export async function compareImage({ store, flow, image, python }: ImageComparison): Promise<string | null> {
  for (const { number } of await listSummaries(store, flow, RUNS)) {
    const noted = asText(await store.get(ownEnvironmentKey(flow, number, imageId(image))));
    if (noted === null) continue;
    const [here, there] = [await describeEnvironment(python), readEnvironment(noted)];
    return here === null || there === null ? null : describeDifferences(image, here, there);
  }
  return null;
}

export function describeDifferences(image: string, here: Environment, there: Environment): string | null {
  const packages = Object.entries(there.packages).filter(([name, version]) => (here.packages[name] ?? version) !== version).map(([name, version]) => `${name} ${version}, here ${here.packages[name] ?? ''}`);
  const differences = [
    ...(minorOf(here.python) === minorOf(there.python) ? [] : [`Python ${there.python}, here ${here.python} (functions cross with their source only)`]),
    ...(here.machine === there.machine ? [] : [`a processor ${there.machine}, here ${here.machine}`]),
    ...packages.slice(0, NAMED),
    ...(packages.length > NAMED ? [`${packages.length - NAMED} more packages in other versions`] : []),
  ];
  return differences.length === 0 ? null : `the image ${image} has ${differences.join('; ')}`;
}
