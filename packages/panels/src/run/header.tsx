// The top of a run page: what it is, what can be done with it, and first of all what failed and why.

import type { ReactNode } from 'react';
import { formatWhen, type RunView } from '@headwater/protocol';
import { useHost, useNow } from '../context.tsx';
import { Button, Chip } from '../parts/controls.tsx';
import { Icon, StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { stepName as name, tookOf } from '../runs/describe-run.ts';
import { count, t } from '../words/translate.ts';
import { RestoreButton } from './inspector.tsx';

interface HeaderProps {
  readonly store: string;
  readonly run: RunView;
  /** It was deleted while it was shown. */
  readonly gone: boolean;
}

export function Header({ store, run, gone }: HeaderProps): ReactNode {
  const host = useHost();
  const now = useNow();
  const again = run.status === 'failed' || run.status === 'stopped' || run.status === 'lost';
  const when = [run.status === 'running' ? t('for {time}', { time: tookOf(run, now) }) : t('after {time}', { time: tookOf(run, now) }), formatWhen(run.started, now), ...(run.resumes === null ? [] : [t('resumed {run}', { run: run.resumes })]), ...(run.foreign ? [t('by {name}', { name: run.by })] : [])];
  return (
    <header className="hw-runhead">
      <div className="hw-line hw-wrap">
        <StateIcon state={run.status} named={false} /><h1>{run.run}</h1><strong>{wordOf(run.status)}</strong><span className="hw-muted" title={new Date(run.started).toLocaleString()}>{when.join(' · ')}</span><span className="hw-grow" />
        {!gone && (
          <span className="hw-actions">
            {run.status === 'running' ? <Button label={t('Stop')} icon="stop" onClick={() => host.stop(store, run.run)} /> : <Button label={t('Resume')} icon="resume" look={again ? 'primary' : 'plain'} onClick={() => host.resume(store, run.run)} />}
            <Button label={t('Load run')} icon="load" disabled={run.status === 'running'} onClick={() => void host.loadRun(store, run.run)} />
            <Button label={t('Write outputs')} icon="cell" disabled={host.notebook === null} onClick={() => host.writeOutputs(store, run.run)} />
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

export function FailureBox({ store, run, select }: { readonly store: string; readonly run: RunView; readonly select: (step: string) => void }): ReactNode {
  const host = useHost();
  if (run.failures.length === 0) return null;
  const missed = run.steps.filter((step) => step.kind === 'step' && step.status === 'not reached').map((step) => step.name);
  const failed = [...new Set(run.failures.map((failure) => name(failure.task)))];
  return (
    <section className="hw-banner hw-edge-failed hw-failures" aria-label={t('What failed')}>
      <span className="hw-failed"><Icon name="failed" /></span>
      <div>
        <strong>{t('{steps} failed.', { steps: failed.join(', ') })} {missed.length > 0 && count(missed.length, '{n} step was not reached.', '{n} steps were not reached.')}</strong>
        {run.failures.slice(0, MOST).map((failure) => (
          <div key={failure.task} className="hw-line hw-wrap">
            <code>{name(failure.task)}</code><span className="hw-grow">{failure.type}: {failure.message.split('\n')[0]} {failure.cell !== null && <span className="hw-muted">{failure.line === null ? t('cell {n}', { n: failure.cell + 1 }) : t('cell {n}, line {line}', { n: failure.cell + 1, line: failure.line })}</span>}</span>
            <Button label={t('Show log')} look="link" small onClick={() => select(failure.task)} />
            {failure.cell !== null && <Button label={t('Go to cell')} look="link" small onClick={() => host.goToCell(failure.cell ?? 0, failure.line ?? undefined)} />}
            <RestoreButton store={store} run={run.run} step={failure.task} />
          </div>
        ))}
        {run.failures.length > MOST && <p className="hw-muted">{count(run.failures.length - MOST, '{n} more error', '{n} more errors')}</p>}
      </div>
    </section>
  );
}
