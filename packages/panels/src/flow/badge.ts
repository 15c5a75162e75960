// The label of a cell, one plain text in both editors. Pure.

import { formatDuration, STATE_WORDS, type Analysis, type CellNow, type Stale, type StepNow } from '@headwater/protocol';
import { wordOf, type Shown } from '../words/state-word.ts';
import { describeControl } from '../run/describe-step.ts';
import { stepName } from '../runs/describe-run.ts';
import { t } from '../words/translate.ts';

export interface Badge {
  readonly text: string;
  /** Null where the text stands alone. */
  readonly state: Shown | null;
  /** Which of the five hues of steps, or null. */
  readonly hue: number | null;
}

const HUES = 5;
/** Predecessors named before "+n". */
const NAMED = 2;

/** Null for a cell that carries nothing. */
export function badgeFor(analysis: Analysis, cell: CellNow): Badge | null {
  if (cell.role === 'step') {
    const at = namedSteps(analysis).findIndex((step) => step.name === cell.step);
    const step = namedSteps(analysis)[at];
    if (step === undefined) return null;
    return { text: [title(step), ...describeControl(step), ...outcome(step)].join(' · '), state: stateOf(step), hue: at % HUES };
  }
  if (cell.role === 'parameters') {
    const names = analysis.parameters.filter((parameter) => parameter.cell === cell.index).map((parameter) => parameter.name);
    return { text: [t('parameters'), names.join(', ')].filter((part) => part !== '').join('  '), state: null, hue: null };
  }
  if (cell.role === 'skip') return { text: t('skip'), state: null, hue: null };
  if (cell.role === 'setup') return { text: t('setup'), state: null, hue: null };
  return cell.readBy.length === 0 ? null : { text: t('scratch · read by {steps}', { steps: cell.readBy.join(', ') }), state: null, hue: null };
}

export const namedSteps = (analysis: Analysis): readonly StepNow[] => analysis.steps.filter((step) => step.kind === 'step');

/** Steps it follows, setup blocks left out: nobody knows a block by its name. */
export function predecessors(step: StepNow): string[] {
  return step.after.filter((name) => !name.startsWith('setup.'));
}

function title(step: StepNow): string {
  const before = predecessors(step);
  const more = before.length > NAMED ? ` +${before.length - NAMED}` : '';
  return before.length === 0 ? step.name : `${step.name} ← ${before.slice(0, NAMED).join(', ')}${more}`;
}

function outcome(step: StepNow): string[] {
  if (step.last === null) return [t('never run')];
  const { status, ms, tasks, failed } = step.last;
  const word = failed > 0 && tasks > 1 ? t('{n} of {m} failed', { n: failed, m: tasks }) : t(STATE_WORDS[status]).toLowerCase();
  return [ms === null ? word : `${word}${failed > 0 && tasks > 1 ? ' ·' : ''} ${formatDuration(ms)}`, ...(step.stale === null ? [] : [describeStale(step.stale)])];
}

/** How a step stands, in words: the same in the flow views of both editors. */
export function standingOf({ last, stale }: StepNow): string {
  if (stale !== null) return describeStale(stale);
  if (last === null) return t('never run');
  const word = wordOf(last.status);
  if (last.tasks < 2) return word;
  return last.failed > 0 ? t('{n} of {m} failed', { n: last.failed, m: last.tasks }) : `${word} ×${String(last.tasks)}`;
}

function describeStale({ because, names }: Stale): string {
  switch (because) {
    case 'code':
      return t('stale: code changed');
    case 'parameter':
      return t('stale: {names} changed', { names: names.join(', ') });
    case 'input':
      return t('stale because {names} changed', { names: [...new Set(names.map(stepName))].join(', ') });
  }
}

export function stateOf(step: StepNow): Shown {
  if (step.last === null) return 'not reached';
  return step.stale !== null && ['done', 'reused'].includes(step.last.status) ? 'stale' : step.last.status;
}
