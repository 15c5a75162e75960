// What the tags of a cell say of its part in the flow, and how they change. Pure.

import { readTag } from '@headwater/protocol';

const ROLE = /^(step:.*|block:.*|parameters|setup|skip|imports|functions|pipeline-parameters)$/;

/** `step:NAME`, `parameters`, `setup`, `skip`, or null for none of them. */
export function roleIn(tags: readonly string[]): string | null {
  return tags.find((tag) => ROLE.test(tag)) ?? null;
}

/** The name of the step the tags make the cell part of, or null. */
export function stepIn(tags: readonly string[]): string | null {
  return /^step:(?<name>.+)$/.exec(roleIn(tags) ?? '')?.groups?.['name'] ?? null;
}

/** Other tags stay. */
export function withRole(tags: readonly string[], role: string | null): readonly string[] {
  const rest = tags.filter((tag) => !ROLE.test(tag));
  return role === null ? rest : [role, ...rest];
}

/** Only other tools' tags: what a step is asked for means nothing without it. */
export const withoutOurs = (tags: readonly string[]): readonly string[] => tags.filter((tag) => readTag(tag).kind === 'foreign');

/** The tags with the step's name changed in each that means it, or null where none does. */
export function renamedIn(tags: readonly string[], from: string, to: string): readonly string[] | null {
  const after = tags.map((tag) => (tag === `step:${from}` ? `step:${to}` : tag === `prev:${from}` ? `prev:${to}` : tag));
  return after.every((tag, at) => tag === tags[at]) ? null : after;
}
