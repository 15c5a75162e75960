// A step in words: what its tags make of it, how its tasks stand. The same in graph, inspector, timeline and list. Pure.

import { describeUsed, enoughMemory, formatDuration, STATE_WORDS, type Closes, type Control, type StepStatus, type StepView } from '@headwater/protocol';
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

/** `each lr in rates`, `until enough`, `when deep`, `on failure`: what it is beside a step. */
export function describeControl({ control: { foreach, join, when, until }, closes }: Pick<StepView, 'control' | 'closes'>): string[] {
  return [
    ...(closes === null ? [] : [describeCloses(closes)]),
    ...(foreach === null ? [] : [t('each {item} in {list}', foreach)]),
    ...(join === null ? [] : [t('joins')]),
    ...when.map(({ name, negated, value }) => (value === null ? t(negated ? 'when not {name}' : 'when {name}', { name }) : t(negated ? 'when {name} is not {value}' : 'when {name} is {value}', { name, value }))),
    ...(until === null ? [] : [t('until {name}', { name: until.name })]),
  ];
}

function describeCloses(closes: Closes): string {
  switch (closes) {
    case 'success':
      return t('on success');
    case 'failure':
      return t('on failure');
    case 'always':
      return t('at the end');
  }
}

/** What its tags let go wrong. */
export function describeCare({ retries, timeoutMs, catches }: Control): string[] {
  return [
    ...retries.map(({ times, cause }) => (cause === 'any' ? count(times, '{n} retry', '{n} retries') : t('{n} retries on {cause}', { n: times, cause }))),
    ...(timeoutMs === null ? [] : [t('at most {time} each', { time: formatDuration(timeoutMs) })]),
    ...(catches === null ? [] : [t('failure goes to {name}', { name: catches })]),
  ];
}

/** `0.3 GB of 8.0 GB, memory:1G is enough`: the most a task had, what its tag asks for, and the tag that would do. */
export function describeMemory({ peakBytes, memoryBytes }: Pick<StepView, 'peakBytes' | 'memoryBytes'>): string {
  const used = describeUsed(peakBytes, memoryBytes);
  const tag = enoughMemory(peakBytes, memoryBytes);
  return tag === null ? used : t('{used}, {tag} is enough', { used, tag });
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
