// Who has an environment together: what is asked for alike, and for the same machine. Pure.

import type { Flow } from '@headwater/protocol';
import type { Wanted, Wants } from './want.ts';

export interface Share {
  /** null: everything of this machine that has none for itself. */
  readonly steps: string[] | null;
  readonly wanted: Wanted;
  readonly target: string | null;
}

export function shareAlike(flow: Flow, wants: Wants, targetOf: (step: string) => string | null): Share[] {
  const found = new Map<string, Share & { readonly steps: string[] }>();
  for (const { name } of flow.steps) {
    const target = targetOf(name);
    // Elsewhere there is no interpreter of the run's own that would have it already.
    const wanted = wants.steps.get(name) ?? (target === null ? null : wants.said);
    if (wanted === null) continue;
    const key = JSON.stringify([wanted, target]);
    const same = found.get(key) ?? { steps: [], wanted, target };
    same.steps.push(name);
    found.set(key, same);
  }
  return [...(wants.run === null ? [] : [{ steps: null, wanted: wants.run, target: null }]), ...found.values()];
}
