// Events as lines of text.

import { styleText } from 'node:util';
import { isSetupName, type Event, type Failure, type RunStatus } from '@headwater/protocol';
import { describeFailure, groupFailures, sumStep, tasksOf, type RunState, type StepState } from '@headwater/engine';
import { closedNow } from './closing.ts';
import { listTasks } from './failure.ts';
import { formatDuration } from './numbers.ts';
import { countTasks, glyphOf, wordOf } from './states.ts';

/** The line for an event, with its newline, or nothing. */
export function describeEvent(before: RunState, state: RunState, event: Event): string {
  switch (event.type) {
    case 'worker-ready':
      return event.isolation === 'fork' ? '' : grey(`a fresh interpreter for every step: ${event.reason ?? ''}`);
    case 'task-failed':
      return failureLine(before, state);
    case 'task-discarded':
      return grey(`${taskName(event.id)} runs again: ${event.sentence}`);
    case 'task-retried':
      return grey(`${taskName(event.id)} is tried again${event.wait === 0 ? '' : ` in ${formatDuration(event.wait)}`}: ${briefly(event.failure)}`);
    case 'run-broken':
      return `${glyphOf('failed')} ${event.sentence}\n`;
    case 'stop-requested':
      return grey('stopping');
    default:
      return '';
  }
}

/** A line for each step of the run itself that was settled by the event: a foreach with all steps of its branches. */
export function describeSettled(before: RunState, state: RunState): string {
  const closed = closedNow(before, state).map((step) => closedLine(state, step)).join('');
  if (closed !== '') return closed;
  if (state.settled === before.settled || (state.failed !== null && state.steps[before.settled]?.fan == null)) return '';
  const end = state.failed === null ? state.settled : state.regions.get(before.settled)?.end ?? state.settled;
  return state.steps.slice(before.settled, end).map((step, at) => settledLine(state, step, before.settled + at)).join('');
}

function settledLine(state: RunState, step: StepState, position: number): string {
  if (isSetupName(step.plan.name)) return '';
  const sum = sumStep(state, step, position);
  const warnings = [...new Set([...tasksOf(state, position)].flatMap((task) => task.warnings))].map((each) => `${glyphOf('caught')} ${step.plan.name}: ${each}\n`);
  const reused = sum.status === 'reused' ? 'reused' : formatDuration(sum.ms);
  const parts = [countTasks(sum), sum.status === 'skipped' ? sum.note ?? 'skipped' : reused, sum.status === 'caught' ? caughtWhat(step) : ''].filter((each) => each !== '');
  return `${warnings.join('')}${glyphOf(sum.status)} ${step.plan.name}${styleText('gray', `  ${parts.join('  ')}`)}\n`;
}

/** Its failure is none of the run's. */
function closedLine(state: RunState, step: StepState): string {
  if (step.status !== 'failed') return settledLine(state, step, state.positions.get(step.plan.name) ?? -1);
  return `${glyphOf('failed')} ${step.plan.name}  ${step.note ?? briefly(describeFailure(step.current))}\n`;
}

function caughtWhat({ current }: StepState): string {
  return `caught ${briefly(current?.caught ?? current?.report?.failure ?? null)}`;
}

function failureLine(before: RunState, state: RunState): string {
  return state.failures.slice(before.failures.length).map(({ step, failure }) => `${glyphOf('failed')} ${displayName(step)}  ${briefly(failure)}\n`).join('');
}

function briefly(failure: Failure | null): string {
  if (failure === null) return '';
  return failure.type === 'Died' || failure.type === 'Timeout' ? failure.message : `${failure.type}: ${failure.message.split('\n')[0] ?? ''}`;
}

export function describeEnd(id: string, state: RunState, status: RunStatus): string {
  const place = state.failures.length > 1 ? null : state.failures[0]?.failure;
  const where = place?.cell == null ? '' : ` in cell ${place.cell + 1}${place.line === null ? '' : `, line ${place.line}`}`;
  const next = status === 'done' ? '' : `  Go on with \`headwater resume ${id}\`.\n`;
  return `${status === 'failed' ? groupLines(state) : ''}${glyphOf(status)} ${id} ${wordOf(status).toLowerCase()}${status === 'failed' ? where : ''}\n${next}`;
}

/** Where many tasks failed, each different error once. */
function groupLines(state: RunState): string {
  if (state.failures.length < 2) return '';
  return groupFailures(state).map(({ step, tasks, failure }) => `${glyphOf('failed')} ${tasks.length} of ${step} (${listTasks(tasks)})  ${briefly(failure)}\n`).join('');
}

/** Setup blocks have numbers; people have cells. */
const displayName = (step: string) => (isSetupName(step) ? 'setup' : step);

const grey = (text: string) => `${styleText('gray', `  ${text}`)}\n`;

const taskName = (attempt: string) => attempt.slice(0, attempt.lastIndexOf('.'));
