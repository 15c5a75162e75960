// Every task of a run as a table, failed ones first.

import type { ReactNode } from 'react';
import { formatBytes, formatDuration, type RunView, type StepView } from '@headwater/protocol';
import { StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { t } from '../words/translate.ts';
import { stepsOf, type Selection } from './selection.ts';

export function Tasks({ run, selection }: { readonly run: RunView; readonly selection: Selection }): ReactNode {
  const steps = [...stepsOf(run)].sort((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'));
  return (
    <table className="hw-table">
      <caption className="hw-sr">{t('Tasks of {run}', { run: run.run })}</caption>
      <thead><tr>{[t('State'), t('Task'), t('Started'), t('Waited'), t('Took'), t('Overhead'), t('Peak memory'), t('Attempts'), t('What happened')].map((name, at) => <th key={name} scope="col" className={at > 1 && at < 8 ? 'hw-num' : ''}>{name}</th>)}</tr></thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.name} aria-selected={selection.step === step.name} onClick={() => selection.select(step.name)}>
            <td><StateIcon state={step.status} named={false} /> {wordOf(step.status)}</td>
            <th scope="row"><button type="button" className="hw-plainlink" onClick={() => selection.select(step.name)}>{step.name}</button></th>
            <td className="hw-num">{step.began === null ? '' : `+${formatDuration(step.began - run.started)}`}</td>
            <td className="hw-num">{waited(step)}</td>
            <td className="hw-num">{step.ms === null ? '' : formatDuration(step.ms)}</td>
            <td className="hw-num">{step.overheadMs === null ? '' : `${step.overheadMs.toFixed(0)} ms`}</td>
            <td className="hw-num">{step.peakBytes === null ? '' : formatBytes(step.peakBytes)}</td>
            <td className="hw-num">{step.attempts.length > 0 ? step.attempts.length : ''}</td>
            <td>{whatHappened(run, step)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function waited(step: StepView): string {
  const last = step.attempts.at(-1);
  return last?.began == null ? '' : formatDuration(last.began - last.issued);
}

function whatHappened(run: RunView, step: StepView): string {
  const failure = run.failures.find((each) => each.task === step.name);
  if (failure !== undefined) return `${failure.type}: ${failure.message}`;
  const discarded = step.attempts.find((attempt) => attempt.status === 'discarded');
  return step.warnings[0] ?? discarded?.sentence ?? (step.attempts.at(-1)?.origin == null ? '' : t('from {origin}', { origin: step.attempts.at(-1)?.origin ?? '' }));
}
