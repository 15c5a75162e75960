// How a branch gets its item: alone, or out of the list, where somebody may see that both are one object.

import type { RunState } from './state.ts';

/** Some step of the branches may read the list, or what is stored with it, or may read anything. */
export function readsList(state: RunState, opener: number, tied: readonly string[] | null): boolean {
  if (tied === null) return false;
  const { end } = state.regions.get(opener) ?? { end: opener };
  const names = new Set(tied);
  return state.steps.slice(opener, end).some(({ plan }) => {
    const { foreach } = plan.control;
    const taken = foreach === null || plan === state.steps[opener]?.plan ? [] : [foreach.list];
    return plan.openness !== 'closed' || [...plan.reads, ...plan.binds, ...taken].some((name) => names.has(name));
  });
}
