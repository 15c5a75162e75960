// A step in words: what its tags make of it, how its tasks stand. The same in graph, inspector, timeline and list. Pure.

import { formatBytes, formatDuration, STATE_WORDS, type Control, type StepStatus, type StepView } from '@headwater/protocol';
import { count, t } from '../words/translate.ts';

/** The worst first. */
const ORDER: readonly StepStatus[] = ['failed', 'running', 'stopped', 'executed', 'waiting', 'not reached', 'discarded', 'caught', 'done', 'reused', 'skipped'];

/** `2 failed · 22 done`; nothing of a single task. */
export function describeCounts({ counts, tasks }: Pick<StepView, 'counts' | 'tasks'>): string {
  if (tasks < 2) return '';
  const known = ORDER.flatMap((status) => (counts[status] === undefined ? [] : [`${number(counts[status])} ${t(STATE_WORDS[status]).toLowerCase()}`]));
  const made = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return [...known, ...(made < tasks ? [t('{n} to come', { n: number(tasks - made) })] : [])].join(' · ');
}

const number = (n: number) => count(n, '{n}', '{n}');

/** `each lr in rates`, `until enough`, `when deep`: what it is beside a step. */
export function describeControl({ foreach, join, when, until }: Control): string[] {
  return [
    ...(foreach === null ? [] : [t('each {item} in {list}', foreach)]),
    ...(join === null ? [] : [t('joins')]),
    ...when.map(({ name, negated, value }) => (value === null ? t(negated ? 'when not {name}' : 'when {name}', { name }) : t(negated ? 'when {name} is not {value}' : 'when {name} is {value}', { name, value }))),
    ...(until === null ? [] : [t('until {name}', { name: until.name })]),
  ];
}

/** What its tags let go wrong. */
export function describeCare({ retries, timeoutMs, catches }: Control): string[] {
  return [
    ...retries.map(({ times, cause }) => (cause === 'any' ? count(times, '{n} retry', '{n} retries') : t('{n} retries on {cause}', { n: times, cause }))),
    ...(timeoutMs === null ? [] : [t('at most {time} each', { time: formatDuration(timeoutMs) })]),
    ...(catches === null ? [] : [t('failure goes to {name}', { name: catches })]),
  ];
}

/** More than this needs no tag to be worth a thought about the room it takes. */
const NOTABLE_BYTES = 1e9;
/** Below and above these parts of what was asked for, another tag would do better. */
const [LITTLE, MUCH] = [0.5, 0.9];
/** Left above the most that was seen: the next run's data may be a little larger. */
const HEADROOM = 1.25;

/** `3.1 GB of 8.0 GB, memory:4G would do`: the most a task had, what its tag asks for, and the tag that would fit. */
export function describeMemory({ peakBytes, memoryBytes }: Pick<StepView, 'peakBytes' | 'memoryBytes'>): string {
  if (peakBytes === null) return '';
  const used = memoryBytes === null ? formatBytes(peakBytes) : t('{used} of {asked}', { used: formatBytes(peakBytes), asked: formatBytes(memoryBytes) });
  const tag = tagFor(peakBytes);
  const fits = memoryBytes === null ? peakBytes < NOTABLE_BYTES : peakBytes > LITTLE * memoryBytes && peakBytes < MUCH * memoryBytes;
  return fits ? used : t(memoryBytes !== null && peakBytes >= MUCH * memoryBytes ? '{used}, {tag} would be safer' : '{used}, {tag} would do', { used, tag });
}

/** Whole gigabytes, and hundreds of megabytes below one. */
function tagFor(peakBytes: number): string {
  const wanted = peakBytes * HEADROOM;
  return wanted > 1e9 ? `memory:${String(Math.ceil(wanted / 1e9))}G` : `memory:${String(Math.ceil(wanted / 1e8) * 100)}M`;
}

/** How long it took as a clock sees it: of many tasks from the first to the last. */
export function lastedMs({ tasks, began, ended, ms }: Pick<StepView, 'tasks' | 'began' | 'ended' | 'ms'>): number | null {
  return tasks > 1 ? (began === null || ended === null ? null : ended - began) : ms;
}

export const isLoop = (step: Pick<StepView, 'control' | 'inside'>): boolean => step.control.until !== null && step.inside.length === 0;

/** The second line of a node: what is worth knowing beside its name and time. */
export function describeNode(step: StepView): string {
  if (step.status === 'skipped') return step.note ?? t('skipped');
  if (step.status === 'not reached') return t('not reached');
  if (isLoop(step)) return count(step.tasks, '↻ {n} round', '↻ {n} rounds');
  if (step.tasks > 1) return describeCounts(step);
  const parts = [step.status === 'reused' ? t('Reused') : step.status === 'caught' ? t('Caught') : '', step.tries > 1 ? t('{n} attempts', { n: step.tries }) : ''];
  return parts.filter((part) => part !== '').join(' · ');
}
