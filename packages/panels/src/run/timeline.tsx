// When every attempt waited, ran and was held, one row a step in notebook order.

import type { ReactNode } from 'react';
import { formatDuration, type AttemptView, type RunView, type StepView } from '@headwater/protocol';
import { useNow } from '../context.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { t } from '../words/translate.ts';
import { stepsOf, type Selection } from './selection.ts';

export function Timeline({ run, selection }: { readonly run: RunView; readonly selection: Selection }): ReactNode {
  const now = useNow();
  const steps = stepsOf(run).filter((step) => step.attempts.length > 0);
  if (steps.length === 0) return <p className="hw-empty">{t('No task has started.')}</p>;
  const zero = Math.min(...steps.flatMap((step) => step.attempts.map((attempt) => attempt.issued)));
  const end = Math.max(zero + 1, ...steps.flatMap((step) => step.attempts.map((attempt) => endOf(attempt, run, now))));
  const at = (time: number) => `${(100 * (time - zero)) / (end - zero)}%`;
  return (
    <div className="hw-timeline">
      <p className="hw-muted">{t('{span} from the first task to the last.', { span: formatDuration(end - zero) })} {critical(steps)}</p>
      <div className="hw-axis" aria-hidden="true"><span />{<div>{[0, 0.25, 0.5, 0.75, 1].map((part) => <span key={part} style={{ left: `${part * 100}%` }}>{formatDuration((end - zero) * part)}</span>)}</div>}<span /></div>
      <ul>
        {steps.map((step) => (
          <li key={step.name} aria-current={selection.step === step.name}>
            <button type="button" onClick={() => selection.select(step.name)}>
              <span className="hw-clip"><StateIcon state={step.status} /> {step.name}</span>
              <span className="hw-track">{step.attempts.map((attempt) => <Bars key={attempt.id} attempt={attempt} end={endOf(attempt, run, now)} at={at} />)}</span>
              <span className="hw-num hw-muted">{step.ms === null ? '' : formatDuration(step.ms)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const endOf = (attempt: AttemptView, run: RunView, now: number) => attempt.executed ?? attempt.settled ?? run.ended ?? now;

function Bars({ attempt, end, at }: { readonly attempt: AttemptView; readonly end: number; readonly at: (time: number) => string }): ReactNode {
  const began = attempt.began ?? end;
  const tone = attempt.status === 'failed' ? 'failed' : attempt.status === 'running' ? 'running' : attempt.status === 'discarded' ? 'discarded' : 'done';
  const title = [attempt.id, wordOf(attempt.status), attempt.held === null ? '' : t('waited before: {effect}', { effect: attempt.held.effect }), attempt.sentence ?? ''].filter((part) => part !== '').join(' · ');
  return (
    <>
      <i className="hw-wait" title={title} style={{ left: at(attempt.issued), width: `calc(${at(began)} - ${at(attempt.issued)})` }} />
      <i className={`hw-span hw-fill-${tone}`} title={title} style={{ left: at(began), width: `max(2px, calc(${at(end)} - ${at(began)}))` }} />
    </>
  );
}

/** What cost most, in words. */
function critical(steps: readonly StepView[]): string {
  const slowest = steps.reduce<StepView | null>((best, step) => ((step.ms ?? 0) > (best?.ms ?? 0) ? step : best), null);
  return slowest?.ms == null ? '' : t('{step} took longest: {time}.', { step: slowest.name, time: formatDuration(slowest.ms) });
}
