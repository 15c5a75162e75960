// The names at the end of a run: each from the attempt that changed it last, as described there; nothing is loaded.

import { isSetupName, type Artifact, type RunId } from '@headwater/protocol';
import type { RunState } from '../run/state.ts';
import type { Store } from '../store/store.ts';
import { readManifest } from './read-manifest.ts';

export interface FinalArtifact {
  readonly name: string;
  readonly step: string;
  readonly artifact: Artifact;
}

export async function readFinalArtifacts(store: Store, run: RunId, state: RunState): Promise<FinalArtifact[]> {
  const found = new Map<string, FinalArtifact>();
  for (const { plan, current, past } of state.steps.slice(0, state.settled)) {
    if (current === null || isSetupName(plan.name)) continue;
    for (const { id } of [...past, current]) {
      const manifest = await readManifest(store, run, id);
      for (const each of describeArtifacts(plan.name, manifest?.artifacts ?? {})) {
        if (state.world.names[each.name]?.[0] === id) found.set(each.name, each);
      }
    }
  }
  return [...found.values()];
}

/** Process state aside. */
export function describeArtifacts(step: string, artifacts: Readonly<Record<string, Artifact>>): FinalArtifact[] {
  return Object.entries(artifacts).filter(([name]) => !name.startsWith('%')).map(([name, artifact]) => ({ name, step, artifact }));
}
