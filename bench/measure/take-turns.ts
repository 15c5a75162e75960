// Rounds: every subject once in each, in the same order, so that a disturbance hits all alike.

import type { Contest, Subject } from '../row.ts';
import type { Patience } from './quiet.ts';

export interface Samples {
  readonly subject: Subject;
  /** Figure → a value for every round it took part in. */
  readonly figures: ReadonlyMap<string, readonly number[]>;
  /** Why it has no figures, or no more of them. */
  readonly failure: string | null;
}

/** Below this a first turn that is thrown away costs nothing, and it fills the caches that everybody's second run finds filled. */
const WARM_UP_MS = 3_000;

export interface Rounds {
  readonly rounds: number;
  readonly patience: Patience;
  readonly progress: (text: string) => void;
}

export async function takeTurns(contest: Contest, { rounds, patience, progress }: Rounds): Promise<Samples[]> {
  const all = contest.subjects.map((subject) => ({ subject, figures: new Map<string, number[]>(), left: Math.min(rounds, subject.rounds ?? rounds), failure: null as string | null }));
  for (let round = 0; all.some((each) => each.left > 0); round += 1) {
    progress(`round ${round + 1} of ${rounds}: waiting until the machine is quiet`);
    await patience.wait();
    for (const each of all.filter((some) => some.left > 0)) {
      progress(`round ${round + 1} of ${rounds}: ${each.subject.name}`);
      const began = performance.now();
      const figures = await each.subject.measure().catch((error: unknown) => {
        each.failure = error instanceof Error ? error.message : String(error);
        each.left = 0;
        return null;
      });
      if (figures === null) continue;
      if (round === 0 && performance.now() - began < WARM_UP_MS) continue;
      each.left -= 1;
      for (const [name, value] of Object.entries(figures)) each.figures.set(name, [...(each.figures.get(name) ?? []), value]);
    }
  }
  return all;
}
