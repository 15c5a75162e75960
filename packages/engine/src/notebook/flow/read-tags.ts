// The tags of one cell: what they say, and what is wrong with them.

import { badValueSentence, readTag, type Diagnostic, type Tag } from '@headwater/protocol';
import { diagnose } from '../diagnose/diagnostic.ts';

export interface CellTags {
  readonly tags: readonly Tag[];
  readonly joinsAbove: boolean;
  readonly problems: readonly Diagnostic[];
}

/** `cell` is null for tags that the notebook sets for every step. */
export function readTags(texts: readonly string[], cell: number | null): CellTags {
  const tags: Tag[] = [];
  const problems: Diagnostic[] = [];
  let joinsAbove = false;
  for (const text of texts) {
    const result = readTag(text);
    if (result.kind === 'tag') tags.push(result.tag);
    else if (result.kind === 'join-above') joinsAbove = true;
    else problems.push(...describe({ text, texts, cell }, result));
  }
  return { tags, joinsAbove, problems: [...problems, ...findConflicts(tags, joinsAbove, cell)] };
}

interface TagAt {
  readonly text: string;
  readonly texts: readonly string[];
  readonly cell: number | null;
}

function describe(at: TagAt, result: Exclude<ReturnType<typeof readTag>, { kind: 'tag' | 'join-above' }>): Diagnostic[] {
  const { text, cell } = at;
  switch (result.kind) {
    case 'unbuilt':
      return [diagnose({ code: 'tag-not-built', severity: 'error', cell, sentence: `The tag \`${text}\` asks for something that this version cannot do yet.`, hint: 'Take the tag off to run without it.', fix: replaceTag(at, null) })];
    case 'bad-value':
      return [diagnose({ code: 'bad-tag-value', severity: 'error', cell, sentence: badValueSentence(text, result.want) })];
    case 'foreign':
      if (result.near === null) return [];
      return [diagnose({
        code: 'near-miss-tag', severity: 'warning', cell, sentence: `The tag \`${text}\` is no tag of Headwater; \`${result.near}\` is.`,
        hint: `If it belongs to another tool, leave it; it has no meaning here.`, fix: replaceTag(at, result.near),
      })];
  }
}

function replaceTag({ text, texts, cell }: TagAt, key: string | null): Diagnostic['fix'] {
  if (cell === null) return null;
  const colon = text.indexOf(':');
  const replacement = key === null ? [] : [key + (colon < 0 ? '' : text.slice(colon))];
  const tags = texts.flatMap((each) => (each === text ? replacement : [each]));
  return { title: key === null ? `Remove \`${text}\`` : `Change to \`${replacement.join('')}\``, edits: [{ kind: 'set-tags', cell, tags }] };
}

/** What a cell is can be said once. */
function findConflicts(tags: readonly Tag[], joinsAbove: boolean, cell: number | null): Diagnostic[] {
  const steps = [...new Set(tags.flatMap((tag) => (tag.key === 'step' ? [tag.name] : [])))];
  if (steps.length > 1) {
    return [diagnose({ code: 'two-step-tags', severity: 'error', cell, sentence: `The cell is tagged for several steps: ${steps.map((name) => `\`${name}\``).join(' and ')}.`, hint: 'A cell belongs to one step.' })];
  }
  const roles = [...(steps.length > 0 || joinsAbove ? ['step'] : []), ...['parameters', 'setup', 'skip', 'metrics'].filter((key) => tags.some((tag) => tag.key === key))];
  if (roles.length < 2 || roles.join() === 'parameters,setup') return [];
  return [diagnose({ code: 'tag-conflict', severity: 'error', cell, sentence: `The cell is tagged ${roles.map((role) => `\`${role}\``).join(' and ')} at once.`, hint: 'Keep one of them.' })];
}
