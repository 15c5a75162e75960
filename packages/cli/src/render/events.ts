// Events as lines of text.

import { styleText } from 'node:util';
import { isSetupName, type Event, type RunStatus } from '@headwater/protocol';
import type { RunState } from '@headwater/engine';
import { formatDuration } from './numbers.ts';
import { glyphOf, wordOf } from './states.ts';

/** The line for an event, with its newline, or nothing. */
export function describeEvent(before: RunState, state: RunState, event: Event): string {
  switch (event.type) {
    case 'worker-ready':
      return event.isolation === 'fork' ? '' : grey(`a fresh interpreter for every step: ${event.reason ?? ''}`);
    case 'task-committed':
      return settledLine(before, state);
    case 'task-failed':
      return failureLine(state);
    case 'task-discarded':
      return grey(`${stepName(event.id)} runs again: ${event.sentence}`);
    case 'run-broken':
      return `${glyphOf('failed')} ${event.sentence}\n`;
    case 'stop-requested':
      return grey('stopping');
    default:
      return '';
  }
}

function settledLine(before: RunState, state: RunState): string {
  const step = state.steps[before.settled];
  if (step === undefined || isSetupName(step.plan.name)) return '';
  const cost = step.current?.report?.cost;
  const time = cost === undefined ? '' : `  ${formatDuration(cost.loadMs + cost.runMs + cost.saveMs)}`;
  const warnings = (step.current?.report?.warnings ?? []).map((each) => `${glyphOf('caught')} ${step.plan.name}: ${each}\n`);
  return `${warnings.join('')}${glyphOf(step.status)} ${step.plan.name}${styleText('gray', step.status === 'reused' ? '  reused' : time)}\n`;
}

function failureLine(state: RunState): string {
  const failed = state.failed;
  if (failed === null) return '';
  const { failure } = failed;
  const what = failure === null ? '' : failure.type === 'Died' ? failure.message : `${failure.type}: ${failure.message.split('\n')[0] ?? ''}`;
  return `${glyphOf('failed')} ${displayName(failed.step)}  ${what}\n`;
}

export function describeEnd(id: string, state: RunState, status: RunStatus): string {
  const place = state.failed?.failure;
  const where = place?.cell == null ? '' : ` in cell ${place.cell + 1}${place.line === null ? '' : `, line ${place.line}`}`;
  const next = status === 'done' ? '' : `  Go on with \`headwater resume ${id}\`.\n`;
  return `${glyphOf(status)} ${id} ${wordOf(status).toLowerCase()}${status === 'failed' ? where : ''}\n${next}`;
}

/** Setup blocks have numbers; people have cells. */
const displayName = (step: string) => (isSetupName(step) ? 'setup' : step);

const grey = (text: string) => `${styleText('gray', `  ${text}`)}\n`;

const stepName = (attempt: string) => attempt.slice(0, attempt.lastIndexOf('.'));
