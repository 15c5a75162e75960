// Rows of the trees in words, the same as in JupyterLab's lists. Pure.

import { describeCounts, detailsOf, headlineOf, lastedMs, predecessors, progressOf, standingOf, stateOf, stepName, t, tookOf, wordOf, type Metrics, type Shown } from '@headwater/panels';
import { formatBytes, formatDuration, formatWhen, type ArtifactRow, type RunRow, type StepNow, type StepView, type TaskRow } from '@headwater/protocol';
import { iconOf, kindIcon, type IconShape } from './icons.ts';

export interface ShownRow {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: IconShape;
  readonly context: string;
  /** Read out: the label alone does not say the state. */
  readonly spoken: string;
}

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' · ');

/** `metrics`: what it logged, where that is known. */
export function describeRun(row: RunRow, now: number, metrics?: Metrics): ShownRow {
  const word = wordOf(row.status);
  const when = row.status === 'running' ? tookOf(row, now) : formatWhen(row.started, now);
  const description = joined(word, progressOf(row) || headlineOf(metrics), when);
  const failed = row.failed === null ? [] : [`${row.failed.task}: ${row.failed.type}: ${row.failed.message}`];
  return {
    label: String(row.number), description, icon: iconOf(row.status), context: `run-${row.status}`,
    tooltip: [joined(row.run, word), detailsOf(row, now), ...(row.tags.length === 0 ? [] : [row.tags.join(', ')]), ...failed, new Date(row.started).toLocaleString()].join('\n'),
    spoken: `${row.run}. ${description}`,
  };
}

export function describeStep(step: StepView): ShownRow {
  const word = wordOf(step.status);
  const ms = lastedMs(step);
  const took = ms === null ? '' : formatDuration(ms);
  const description = joined(word, describeCounts(step), took);
  return { label: stepName(step.name), description, icon: iconOf(step.status), context: 'step', tooltip: joined(stepName(step.name), description, step.note ?? '', ...step.warnings), spoken: `${stepName(step.name)}. ${description}` };
}

/** One of the tasks of a foreach or a loop. */
export function describeTask(task: TaskRow): ShownRow {
  const items = task.items.map(([name, label]) => `${name} ${label}`).join(', ');
  const description = joined(wordOf(task.status), items, task.ms === null ? '' : formatDuration(task.ms), task.happened ?? '');
  return { label: task.task, description, icon: iconOf(task.status), context: 'task', tooltip: joined(task.task, description), spoken: `${task.task}. ${description}` };
}

export function describeArtifact(row: ArtifactRow): ShownRow {
  const type = row.type.split('.').at(-1) ?? row.type;
  const { tombstone } = row;
  const lost = tombstone !== null;
  const description = lost ? t('Not stored: {why}.', { why: tombstone }) : joined(type, row.summary, formatBytes(row.size));
  return {
    label: row.name, description, icon: { id: kindIcon(lost ? 'tombstone' : row.kind), color: null },
    context: lost ? 'tombstone' : row.kind === 'frame' ? 'artifact-frame' : 'artifact', tooltip: `${row.path}\n${row.type}\n${description}`, spoken: `${row.name}. ${description}`,
  };
}

export function describeNow(step: StepNow): ShownRow {
  const state: Shown = stateOf(step);
  const before = predecessors(step);
  const ms = step.last?.ms ?? null;
  const description = joined(standingOf(step), ms === null ? '' : formatDuration(ms));
  return {
    label: step.name, description, icon: iconOf(state), context: 'now', spoken: `${step.name}. ${wordOf(state)}. ${description}`,
    tooltip: [joined(step.name, description), ...(before.length === 0 ? [] : [t('after {steps}', { steps: before.join(', ') })])].join('\n'),
  };
}
