// When every task waited, ran and was held: a row a step in notebook order. A foreach is an area of what ran at once; open, it shows the tasks that matter.

import { useState, type ReactNode } from 'react';
import { formatDuration, type AttemptView, type RunView, type StepView, type TaskRow } from '@headwater/protocol';
import { useAsk, useNow } from '../context.tsx';
import { Icon, StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { count, t } from '../words/translate.ts';
import { describeCounts, lastedMs } from './describe-step.ts';
import { labelOf, placeOf, stepsOf, type Selection } from './selection.ts';
import { useAgain } from './use-again.ts';

interface TimelineProps {
  readonly store: string;
  readonly run: RunView;
  readonly selection: Selection;
}

/** Where a time stands between the first task and the last, as CSS. */
type Scale = (time: number) => string;

export function Timeline({ store, run, selection }: TimelineProps): ReactNode {
  const now = useNow();
  const steps = stepsOf(run).filter((step) => step.attempts.length > 0 || step.activity !== null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  if (steps.length === 0) return <p className="hw-empty">{t('No task has started.')}</p>;
  const until = run.ended ?? now;
  const zero = Math.min(...steps.map((step) => Math.min(step.began ?? Infinity, ...step.attempts.map((attempt) => attempt.issued))));
  const end = Math.max(zero + 1, ...steps.map((step) => step.ended ?? until));
  const at: Scale = (time) => `${(100 * (time - zero)) / (end - zero)}%`;
  const toggle = (name: string) => setOpened(opened.has(name) ? new Set([...opened].filter((each) => each !== name)) : new Set([...opened, name]));
  return (
    <div className="hw-timeline">
      <p className="hw-muted">{t('{span} from the first task to the last.', { span: formatDuration(end - zero) })} {critical(steps)}</p>
      <div className="hw-axis" aria-hidden="true"><span />{<div>{[0, 0.25, 0.5, 0.75, 1].map((part) => <span key={part} style={{ left: `${part * 100}%` }}>{formatDuration((end - zero) * part)}</span>)}</div>}<span /></div>
      <ul>
        {steps.map((step) => (
          <li key={step.name}>
            <div className="hw-lane" aria-current={selection.step === step.name}>
              {step.activity === null ? <span className="hw-twist" /> : <button type="button" className="hw-twist" aria-expanded={opened.has(step.name)} aria-label={t('Tasks of {step}', { step: step.name })} onClick={() => toggle(step.name)}><Icon name={opened.has(step.name) ? 'down' : 'right'} /></button>}
              <button type="button" className="hw-lanebutton" onClick={() => selection.select(step.name)}>
                <span className="hw-clip"><StateIcon state={step.status} /> {step.name}</span>
                <span className="hw-track">{step.activity === null ? step.attempts.map((attempt) => <Bars key={attempt.id} attempt={attempt} end={attempt.executed ?? attempt.settled ?? until} at={at} />) : <Area step={step} at={at} until={until} />}</span>
                <Lasted step={step} />
              </button>
            </div>
            {opened.has(step.name) && <Open store={store} run={run} step={step} selection={selection} at={at} until={until} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Lasted({ step }: { readonly step: StepView }): ReactNode {
  const lasted = lastedMs(step);
  return <span className="hw-num hw-muted">{lasted === null ? '' : formatDuration(lasted)}</span>;
}

/** How many tasks ran at once, over the time from the first to the last. */
function Area({ step, at, until }: { readonly step: StepView; readonly at: Scale; readonly until: number }): ReactNode {
  const parts = step.activity ?? [];
  const most = Math.max(1, ...parts);
  const [began, ended] = [step.began ?? until, step.ended ?? until];
  const width = 100 / Math.max(1, parts.length);
  const path = parts.map((n, each) => `M${(each * width).toFixed(2)} 10V${(10 - (10 * n) / most).toFixed(2)}h${width.toFixed(2)}V10z`).join('');
  const failed = (step.counts.failed ?? 0) > 0;
  return (
    <svg className={`hw-area ${failed ? 'hw-failed' : step.ended === null ? 'hw-running' : 'hw-done'}`} style={{ left: at(began), width: `max(2px, calc(${at(ended)} - ${at(began)}))` }} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <title>{[describeCounts(step), t('at most {n} at once', { n: most })].join(' · ')}</title><path d={path} fill="currentColor" />
    </svg>
  );
}

const SHOWN = 6;

interface OpenProps extends TimelineProps {
  readonly step: StepView;
  readonly at: Scale;
  readonly until: number;
}

/** Failed tasks, then the longest: never all by itself. */
function Open({ store, run, step, selection, at, until }: OpenProps): ReactNode {
  const params = { store, run: run.run, step: step.name, after: null, limit: SHOWN };
  const failed = useAsk('tasks', { ...params, find: 'failed', sort: 'order' });
  const longest = useAsk('tasks', { ...params, find: '', sort: 'took' });
  useAgain(failed, JSON.stringify(step.counts));
  useAgain(longest, JSON.stringify(step.counts));
  const rows = [...new Map([...failed.answer?.rows ?? [], ...longest.answer?.rows ?? []].map((row) => [row.task, row])).values()];
  const left = (longest.answer?.total ?? 0) - rows.length;
  return (
    <ul className="hw-lanes">
      {rows.map((row) => (
        <li key={row.task} className="hw-lane" aria-current={selection.task === row.task}>
          <span className="hw-twist" />
          <button type="button" className="hw-lanebutton" onClick={() => selection.select(row.task)}>
            <span className="hw-clip"><StateIcon state={row.status} /> <code>{placeOf(row.task)}</code> {labelOf(row)}</span>
            <span className="hw-track">{row.issued !== null && <Bars attempt={asAttempt(row, row.issued)} end={row.executed ?? until} at={at} />}</span>
            <span className="hw-num hw-muted">{row.ms === null ? '' : formatDuration(row.ms)}</span>
          </button>
        </li>
      ))}
      {left > 0 && <li className="hw-muted hw-lanemore">{count(left, '{n} more: see Tasks.', '{n} more: see Tasks.')}</li>}
    </ul>
  );
}

type Bar = Pick<AttemptView, 'id' | 'status' | 'issued' | 'began' | 'held' | 'sentence'>;

function asAttempt(row: TaskRow, issued: number): Bar {
  return { id: row.attempt ?? row.task, status: row.status === 'not reached' ? 'waiting' : row.status, issued, began: row.began, held: null, sentence: row.happened };
}

function Bars({ attempt, end, at }: { readonly attempt: Bar; readonly end: number; readonly at: Scale }): ReactNode {
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
  const slowest = steps.reduce<StepView | null>((best, step) => ((lastedMs(step) ?? 0) > (best === null ? 0 : lastedMs(best) ?? 0) ? step : best), null);
  const took = slowest === null ? null : lastedMs(slowest);
  return slowest === null || took === null ? '' : t('{step} took longest: {time}.', { step: slowest.name, time: formatDuration(took) });
}
