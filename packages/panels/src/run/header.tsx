// The top of a run page: what it is, what can be done with it, and first of all what failed and why.

import type { ReactNode } from 'react';
import { formatWhen, type FailureView, type RunView } from '@headwater/protocol';
import { useHost, useNow } from '../context.tsx';
import { Button, Chip } from '../parts/controls.tsx';
import { Icon, StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { comparedWith, stepName as name, tookOf } from '../runs/describe-run.ts';
import { count, t } from '../words/translate.ts';
import { RestoreButton, TryButton } from './inspector.tsx';
import { placeOf } from './selection.ts';
import { WorkButton } from './work-button.tsx';

interface HeaderProps {
  readonly store: string;
  readonly run: RunView;
  /** It was deleted while it was shown. */
  readonly gone: boolean;
}

export function Header({ store, run, gone }: HeaderProps): ReactNode {
  const host = useHost();
  const now = useNow();
  const base = comparedWith(run);
  const again = run.status === 'failed' || run.status === 'stopped' || run.status === 'lost';
  const when = [run.status === 'running' ? t('for {time}', { time: tookOf(run, now) }) : t('after {time}', { time: tookOf(run, now) }), formatWhen(run.started, now), ...(run.resumes === null ? [] : [t('resumed {run}', { run: run.resumes })]), ...(run.foreign ? [t('by {name}', { name: run.by })] : [])];
  return (
    <header className="hw-runhead">
      <div className="hw-line hw-wrap">
        <StateIcon state={run.status} named={false} /><h1>{run.run}</h1><strong>{wordOf(run.status)}</strong><span className="hw-muted" title={new Date(run.started).toLocaleString()}>{when.join(' · ')}</span><span className="hw-grow" />
        {!gone && (
          <span className="hw-actions">
            {run.status === 'running' ? <Button label={t('Stop')} icon="stop" onClick={() => host.stop(store, run.run)} /> : <Button label={t('Resume')} icon="resume" look={again ? 'primary' : 'plain'} onClick={() => host.resume(store, run.run)} />}
            {base !== null && <Button label={t('Compare')} icon="compare" onClick={() => host.openCompare(store, [base, run.run])} />}
            <WorkButton label={t('Load run')} during={t('Loading…')} icon="load" disabled={run.status === 'running'} work={() => host.loadRun(store, run.run)} />
            <Button label={t('Write outputs')} icon="cell" disabled={host.notebook === null} onClick={() => host.writeOutputs(store, run.run)} />
            {host.openReport !== undefined && <Button label={t('Report')} icon="text" onClick={() => host.openReport?.(store, run.run)} />}
            <Button label={t('Open as notebook')} icon="notebook" onClick={() => host.openExecuted(store, run.run)} />
          </span>
        )}
      </div>
      <div className="hw-line hw-wrap">
        {run.values.map((value) => <span key={value.name} title={value.default === null ? undefined : t('default {value}', { value: value.default })}><Chip>{value.changed ? <b>{value.name} {value.value}</b> : <>{value.name} {value.value}</>}</Chip></span>)}
        {run.tags.map((tag) => <Chip key={tag}><Icon name="tag" /> {tag}</Chip>)}
      </div>
    </header>
  );
}

const MOST = 3;

interface FailureBoxProps {
  readonly store: string;
  readonly run: RunView;
  /** Shows the log of a task. */
  readonly select: (task: string) => void;
}

export function FailureBox({ store, run, select }: FailureBoxProps): ReactNode {
  if (run.failures.length === 0) return null;
  const missed = run.steps.filter((step) => step.kind === 'step' && step.status === 'not reached').map((step) => step.name);
  return (
    <section className="hw-banner hw-edge-failed hw-failures" aria-label={t('What failed')}>
      <span className="hw-failed"><Icon name="failed" /></span>
      <div>
        <strong>{describeFailed(run)} {missed.length > 0 && (missed.length === 1 ? t('{step} was not reached.', { step: missed[0] ?? '' }) : count(missed.length, '{n} step was not reached.', '{n} steps were not reached.'))}</strong>
        {run.failures.slice(0, MOST).map((failure) => <FailureLine key={failure.task} failure={failure} store={store} run={run} select={select} />)}
        {run.failures.length > MOST && <p className="hw-muted">{count(run.failures.length - MOST, '{n} more error', '{n} more errors')}</p>}
      </div>
    </section>
  );
}

/** `fit failed: 2 of 24 tasks, 2 different errors.` */
function describeFailed({ failures, steps }: RunView): string {
  return [...new Set(failures.map((failure) => failure.step))].map((step) => {
    const own = failures.filter((failure) => failure.step === step);
    const tasks = steps.find((each) => each.name === step)?.tasks ?? 1;
    if (tasks < 2) return t('{step} failed.', { step: name(step) });
    const errors = own.length > 1 ? t(', {n} different errors', { n: own.length }) : '';
    return t('{step} failed: {n} of {m} tasks{errors}.', { step, n: own.reduce((sum, each) => sum + each.count, 0), m: tasks, errors });
  }).join(' ');
}

function FailureLine({ failure, store, run, select }: FailureBoxProps & { readonly failure: FailureView }): ReactNode {
  const host = useHost();
  const { task, cell, line } = failure;
  const isBranch = task !== failure.step;
  return (
    <div className="hw-line hw-wrap">
      <code>{isBranch ? placeOf(task) : name(task)}</code>
      <span className="hw-grow">{failure.type}: {failure.message.split('\n')[0]} {cell !== null && <span className="hw-muted">{line === null ? t('cell {n}', { n: cell + 1 }) : t('cell {n}, line {line}', { n: cell + 1, line })}</span>}{failure.count > 1 && <span className="hw-muted"> {count(failure.count - 1, '· and {n} more task', '· and {n} more tasks')}</span>}</span>
      <Button label={t('Show log')} look="link" small onClick={() => select(task)} />
      {cell !== null && <Button label={t('Go to cell')} look="link" small onClick={() => host.goToCell(cell, line ?? undefined)} />}
      {isBranch ? <TryButton store={store} run={run.run} task={task} /> : <RestoreButton store={store} run={run.run} step={task} />}
    </div>
  );
}
