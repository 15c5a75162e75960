// Whether a step's last result is what it would give now, and if not, why. Pure.

import type { PlannedStep } from '@headwater/protocol';

export interface Past {
  /** Digest of its cells as they ran, parameters applied. */
  readonly code: string;
  /** Number of the newest run that had this result, and of the run that made it: an older one where it was reused. */
  readonly run: number;
  readonly made: number;
}

export interface Staleness {
  readonly because: 'code' | 'parameter' | 'input';
  readonly names: readonly string[];
}

export interface Now {
  readonly steps: readonly PlannedStep[];
  /** How each step stood when it last had a result. */
  readonly past: ReadonlyMap<string, Past>;
  /** Parameters whose values are not those of the newest run, by the setup block that binds them. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
}

/** Stale steps; one that never had a result is not among them. */
export function findStale({ steps, past, parameters }: Now): Map<string, Staleness> {
  const found = new Map<string, Staleness>();
  for (const step of steps) {
    const last = past.get(step.name);
    if (last === undefined) continue;
    const stale = staleByItself(step, last, parameters) ?? staleByInput(step, last, { past, found });
    if (stale !== null) found.set(step.name, stale);
  }
  return found;
}

function staleByItself(step: PlannedStep, last: Past, parameters: Now['parameters']): Staleness | null {
  if (step.code === last.code) return null;
  const names = parameters.get(step.name) ?? [];
  return names.length > 0 ? { because: 'parameter', names } : { because: 'code', names: [step.name] };
}

/** What reaches it through a setup block is told by the block's own reason: nobody knows a block by its name. */
function staleByInput(step: PlannedStep, last: Past, { past, found }: { past: Now['past']; found: ReadonlyMap<string, Staleness> }): Staleness | null {
  const reasons = step.after.flatMap((name) => {
    const stale = found.get(name);
    if (stale?.because === 'parameter') return [stale];
    if (stale !== undefined) return [{ because: 'input' as const, names: [name] }];
    const made = past.get(name);
    return made !== undefined && made.made > last.run ? [{ because: 'input' as const, names: [name] }] : [];
  });
  const parameter = reasons.filter((reason) => reason.because === 'parameter');
  const [because, from] = parameter.length > 0 ? ['parameter' as const, parameter] : ['input' as const, reasons];
  return from.length === 0 ? null : { because, names: [...new Set(from.flatMap((reason) => reason.names))] };
}
