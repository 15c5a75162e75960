// Environments of steps that contradict each other or cannot be where the step is.

import type { Diagnostic, Tag } from '@headwater/protocol';
import { diagnose, listNames } from './diagnostic.ts';
import type { Context } from './context.ts';

const KINDS: readonly Tag['key'][] = ['pip', 'conda', 'image'];

export function findEnvironmentDiagnostics({ units }: Context): Diagnostic[] {
  return units.filter(({ kind }) => kind === 'step').flatMap(({ name, cells }) => {
    const asked = KINDS.filter((key) => cells.some(({ tags }) => tags.some((tag) => tag.key === key)));
    if (asked.length < 2) return [];
    const cell = cells.find(({ tags }) => tags.some((tag) => tag.key === asked[1]))?.raw.index ?? null;
    return [diagnose({ code: 'two-environments', severity: 'error', cell, sentence: `Step \`${name}\` asks for several environments: ${listNames(asked)}.`, hint: 'A step runs in one: keep one of them.' })];
  });
}
