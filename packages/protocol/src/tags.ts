// The grammar of cell tags: one tag is `key` or `key:value`. Unknown tags belong to other tools and are ignored.

import type { Condition, RetryCause } from './control.ts';
import { readAsksTag } from './asks-tags.ts';
import { isStepName } from './names.ts';
import { readControlTag } from './control-tags.ts';

/** Tags whose meaning is built. Everything a step is asked for stands in one of these. */
export type Tag =
  | { readonly key: 'step'; readonly name: string }
  | { readonly key: 'prev'; readonly name: string }
  | { readonly key: 'parameters' }
  | { readonly key: 'setup' }
  | { readonly key: 'skip' }
  | { readonly key: 'metrics' }
  | { readonly key: 'cache' }
  | { readonly key: 'on-success' | 'on-failure' }
  | { readonly key: 'on'; readonly where: 'local' | 'kubernetes' | 'batch' }
  | ControlTag
  | AsksTag
  /** Pod metadata: has a meaning only where a pod is made. */
  | { readonly key: 'label' | 'annotation'; readonly text: string };

export type ControlTag =
  | { readonly key: 'foreach'; readonly item: string; readonly list: string }
  /** `all` and `one` are null for a join that collects nothing by itself. */
  | { readonly key: 'join'; readonly all: string | null; readonly one: string | null }
  | { readonly key: 'when'; readonly condition: Condition }
  | { readonly key: 'until'; readonly name: string }
  | { readonly key: 'max'; readonly count: number }
  | { readonly key: 'retry'; readonly times: number; readonly cause: RetryCause }
  | { readonly key: 'retry-wait'; readonly ms: number }
  | { readonly key: 'timeout'; readonly ms: number }
  | { readonly key: 'catch'; readonly name: string };

export type AsksTag =
  | { readonly key: 'env'; readonly name: string; readonly value: string }
  | { readonly key: 'secret'; readonly name: string }
  | { readonly key: 'cpu'; readonly cores: number }
  | { readonly key: 'memory'; readonly bytes: number }
  | { readonly key: 'disk'; readonly bytes: number }
  | { readonly key: 'gpu'; readonly count: number }
  | { readonly key: 'reads'; readonly glob: string }
  | { readonly key: 'writes'; readonly glob: string }
  | { readonly key: 'pip'; readonly requirement: string }
  | { readonly key: 'conda'; readonly name: string }
  | { readonly key: 'image'; readonly reference: string }
  | { readonly key: 'limit'; readonly resource: string; readonly value: string };

export type TagResult =
  | { readonly kind: 'tag'; readonly tag: Tag }
  /** `step:` with no name: Kale's way to join the cell above. */
  | { readonly kind: 'join-above' }
  /** A tag of ours whose meaning is not built yet: the run is refused, it is never ignored. */
  | { readonly kind: 'unbuilt'; readonly key: string }
  | { readonly kind: 'bad-value'; readonly key: string; readonly value: string; readonly want: string }
  | { readonly kind: 'foreign'; readonly near: string | null };

/** What is said of a tag whose value is none. */
export const badValueSentence = (tag: string, want: string): string => `The tag \`${tag}\` wants ${want}.`;

/** Other tools' words for ours. */
const ALIASES: Readonly<Record<string, string>> = {
  block: 'step',
  imports: 'setup',
  functions: 'setup',
  'pipeline-parameters': 'parameters',
  'injected-parameters': 'parameters',
  'pipeline-metrics': 'metrics',
};

const BARE = new Set(['parameters', 'setup', 'skip', 'metrics', 'cache', 'on-success', 'on-failure']);
const CONTROL = new Set(['foreach', 'join', 'when', 'until', 'max', 'retry', 'retry-wait', 'timeout', 'catch']);
const ASKS = new Set(['env', 'secret', 'cpu', 'memory', 'gpu', 'disk', 'limit', 'reads', 'writes', 'pip', 'conda', 'image']);
const WITH_VALUE = new Set(['step', 'prev', 'on', 'label', 'annotation', ...CONTROL, ...ASKS]);

/** Kale's switches in the position that a run without pods has anyway. */
const WITHOUT_MEANING = new Set(['cache:disabled', 'report:enabled', 'report:disabled']);

/** Reads one tag. Values may be percent-encoded, for tag editors that split on commas and spaces. */
export function readTag(text: string): TagResult {
  if (text === 'cache:enabled') return { kind: 'tag', tag: { key: 'cache' } };
  const colon = text.indexOf(':');
  const written = colon < 0 ? text : text.slice(0, colon);
  const value = colon < 0 ? null : decode(text.slice(colon + 1));
  const key = ALIASES[written] ?? written;
  if (WITHOUT_MEANING.has(text)) return { kind: 'foreign', near: null };
  if (key === 'notebook' && value !== null) return { kind: 'unbuilt', key };
  return readBuilt({ written, key, value });
}

interface Parts {
  readonly written: string;
  readonly key: string;
  readonly value: string | null;
}

function readBuilt({ written, key, value }: Parts): TagResult {
  if (key === 'join' && value === null) return { kind: 'tag', tag: { key, all: null, one: null } };
  if (BARE.has(key)) return value === null ? bare(key) : { kind: 'bad-value', key, value, want: `just \`${written}\`` };
  if (!WITH_VALUE.has(key)) return { kind: 'foreign', near: nearest(written) };
  return value === null ? { kind: 'foreign', near: null } : valued(key, value);
}

function bare(key: string): TagResult {
  return { kind: 'tag', tag: { key } as Tag };
}

function valued(key: string, value: string): TagResult {
  if (CONTROL.has(key)) return readControlTag(key, value);
  if (ASKS.has(key)) return readAsksTag(key, value);
  switch (key) {
    case 'step':
      if (value === '') return { kind: 'join-above' };
      return isStepName(value) ? { kind: 'tag', tag: { key, name: value } } : badName(key, value);
    case 'prev':
      return isStepName(value) ? { kind: 'tag', tag: { key, name: value } } : badName(key, value);
    case 'on':
      return value === 'local' || value === 'kubernetes' || value === 'batch' ? { kind: 'tag', tag: { key, where: value } } : { kind: 'bad-value', key, value, want: 'local, kubernetes or batch' };
    default:
      return { kind: 'tag', tag: { key: key as 'label' | 'annotation', text: value } };
  }
}

function badName(key: string, value: string): TagResult {
  return { kind: 'bad-value', key, value, want: 'a name of letters, digits, `_` and `-`' };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The tag of ours that is one slip away (a letter wrong, missing, too many, or two swapped), or null. */
function nearest(written: string): string | null {
  if (written.length < 4) return null;
  const known = [...BARE, ...WITH_VALUE, ...Object.keys(ALIASES)].filter((key) => key.length >= 4);
  return known.find((key) => isOneSlipAway(written.toLowerCase(), key)) ?? null;
}

function isOneSlipAway(a: string, b: string): boolean {
  if (a === b) return true;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const restA = a.slice(start);
  const restB = b.slice(start);
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
    || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
}
