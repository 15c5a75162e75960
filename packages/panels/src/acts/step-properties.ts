// What a step can be asked for, as a form shows it: words for the tags, and how tags change with what is typed. The grammar is the protocol's. Pure.

import { badValueSentence, readTag } from '@headwater/protocol';
import { t } from '../words/translate.ts';

export interface Property {
  /** Its own name, for whoever goes to it. */
  readonly id: string;
  /** The tag it stands for. */
  readonly key: string;
  readonly label: string;
  readonly example: string;
  /** `switch`: the tag is there or not. */
  readonly kind: 'text' | 'switch' | 'choice';
  /** Several tags of this kind mean several of it. */
  readonly many: boolean;
  readonly choices: readonly string[];
}

export interface PropertyGroup {
  readonly label: string;
  readonly properties: readonly Property[];
}

/** What a menu offers by name; the form has all of them. */
export const OFFERED: readonly string[] = ['foreach', 'join', 'when', 'until', 'on'];

/** Id → what is typed for it; a switch that is on has one empty text. */
export type Draft = Readonly<Record<string, readonly string[]>>;

const one = (id: string, label: string, example: string): Property => ({ id, key: id, label, example, kind: 'text', many: false, choices: [] });
const several = (id: string, label: string, example: string): Property => ({ ...one(id, label, example), many: true });
const toggle = (id: string, label: string): Property => ({ ...one(id, label, ''), kind: 'switch' });

export function propertyGroups(): readonly PropertyGroup[] {
  return [
    { label: t('Course'), properties: [
      several('prev', t('Run after'), 'load'), one('foreach', t('For each item'), 'region=regions'), toggle('join', t('Close for each')), { ...several('collect', t('Collect as list'), 'scores=score'), key: 'join' },
      several('when', t('Only when'), 'mode=full'), one('until', t('Repeat until'), 'good_enough'), one('max', t('At most so often'), '100'),
    ] },
    { label: t('When it fails'), properties: [several('retry', t('Try again'), '3, 3:infra, 3:oom'), one('retry-wait', t('Wait before that'), '30s'), one('timeout', t('Give up after'), '20m'), one('catch', t('Go on, with the failure as'), 'problem')] },
    { label: t('Where and how much'), properties: [
      { ...one('on', t('Where'), ''), kind: 'choice', choices: ['local', 'kubernetes', 'batch'] }, one('cpu', t('Cores'), '2'), one('memory', t('Memory'), '8G'), one('gpu', t('GPUs'), '1'), one('disk', t('Disk'), '50G'), several('limit', t('At most'), 'memory:8G'),
    ] },
    { label: t('Environment'), properties: [several('pip', t('Packages'), 'pandas==2.2.3'), one('conda', t('Conda environment'), 'ml'), one('image', t('Image'), 'python:3.12-slim'), several('env', t('Variables'), 'OMP_NUM_THREADS=4'), several('secret', t('Secrets'), 'API_KEY')] },
    { label: t('Files and results'), properties: [
      several('reads', t('Reads files'), 'data/*.csv'), several('writes', t('Writes files'), 'out/*.parquet'), toggle('cache', t('Reuse earlier results')), toggle('on-success', t('Run when the run is done')), toggle('on-failure', t('Run when the run has failed')),
    ] },
  ];
}

export const allProperties = (): readonly Property[] => propertyGroups().flatMap(({ properties }) => properties);

/** What the tags say of it now. */
export function valuesOf(tags: readonly string[], { key, kind }: Property): readonly string[] {
  const own = tags.filter((tag) => keyOf(tag) === key);
  if (kind === 'switch') return own.length > 0 ? [''] : [];
  return own.filter((tag) => tag.includes(':')).map((tag) => tag.slice(tag.indexOf(':') + 1));
}

export function draftOf(tags: readonly string[]): Draft {
  return Object.fromEntries(allProperties().map((property) => [property.id, valuesOf(tags, property)]));
}

/** The tags as the draft wants them. What it does not change stays as it was written, other tools' tags too. */
export function tagsFrom(draft: Draft, tags: readonly string[]): readonly string[] {
  const before = draftOf(tags);
  const all = allProperties();
  const typed = all.filter(({ id, kind }) => kind !== 'switch' && !isSame(draft[id] ?? [], before[id] ?? []));
  // Last, so that what collects goes with its join, and a join stays when it collects nothing any more. One that was never on takes nothing off.
  const switches = all.filter(({ id, kind }) => kind === 'switch' && [before, draft].some((of) => (of[id] ?? []).length > 0));
  return [...typed, ...switches].reduce((so, property) => withValues(so, property, draft[property.id] ?? []), tags);
}

export function withValues(tags: readonly string[], property: Property, given: readonly string[]): readonly string[] {
  const { key, kind } = property;
  const values = kind === 'switch' ? given : given.map((value) => value.trim()).filter((value) => value !== '');
  if (isSame(values, valuesOf(tags, property))) return tags;
  // A tag with a value says what the bare one does.
  const isOld = (tag: string) => keyOf(tag) === key && (kind === 'switch' || tag.includes(':') || values.length > 0);
  const first = tags.findIndex(isOld);
  const at = first < 0 ? tags.length : first;
  return [...tags.slice(0, at), ...values.map((value) => (kind === 'switch' ? key : `${key}:${value}`)), ...tags.slice(at).filter((tag) => !isOld(tag))];
}

/** What is wrong with a value, in the words of every check, or null. */
export function complaintAbout({ key, kind }: Property, value: string): string | null {
  if (kind === 'switch' || value.trim() === '') return null;
  const tag = `${key}:${value.trim()}`;
  const result = readTag(tag);
  return result.kind === 'bad-value' ? badValueSentence(tag, result.want) : null;
}

/** What a menu shows beside it. */
export const shownValue = (tags: readonly string[], property: Property): string => valuesOf(tags, property).map((value) => (property.kind === 'switch' ? t('yes') : value)).join(', ');

const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((value, at) => value === b[at]);

function keyOf(tag: string): string | null {
  const result = readTag(tag);
  return result.kind === 'tag' ? result.tag.key : result.kind === 'bad-value' ? result.key : null;
}
