// One step of a run: facts, what it read and from whom, what it made.

import type { ReactNode } from 'react';
import { formatBytes, formatDuration, type RunView, type StepView } from '@headwater/protocol';
import { useAsk, useHost } from '../context.tsx';
import { Button } from '../parts/controls.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { t } from '../words/translate.ts';
import { LoadButton } from './load-button.tsx';
import type { Selection } from './selection.ts';

interface InspectorProps {
  readonly store: string;
  readonly run: RunView;
  readonly step: StepView;
  readonly selection: Selection;
}

export function Inspector({ store, run, step, selection }: InspectorProps): ReactNode {
  const host = useHost();
  const params = { store, run: run.run, task: step.name };
  const task = useAsk('task', params).answer;
  const made = useAsk('artifacts', params).answer ?? [];
  return (
    <aside className="hw-inspector" aria-label={t('Step {name}', { name: step.name })}>
      <div className="hw-line"><StateIcon state={step.status} named={false} /><h2>{step.name}</h2><span className="hw-grow" /><Button label={t('Go to cell')} icon="cell" look="link" small onClick={() => host.goToCell(step.cells[0] ?? 0)} /></div>
      <dl className="hw-facts">{factsOf(step).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {task !== null && task.reads.length > 0 && (
        <>
          <h3>{t('Read')}</h3>
          <ul>{task.reads.map(({ name, from }) => <li key={name}><code>{name.replace(/^file:/, '')}</code> <From from={from} selection={selection} /></li>)}</ul>
        </>
      )}
      {made.length > 0 && (
        <>
          <h3>{t('Made')}</h3>
          <ul>{made.map((row) => (
            <li key={row.name} className="hw-line"><code>{row.name}</code> <span className="hw-muted hw-clip hw-grow">{row.tombstone === null ? row.type.split('.').at(-1) : t('Not stored: {why}.', { why: row.tombstone })}</span>
              {row.tombstone === null && <LoadButton artifact={{ store, path: row.path, name: row.name, size: row.size }} />}</li>
          ))}</ul>
        </>
      )}
      <div className="hw-actions">
        <Button label={t('Run from here')} icon="from" small onClick={() => host.resume(store, run.run, step.name)} />
        <RestoreButton store={store} run={run.run} step={step.name} />
      </div>
    </aside>
  );
}

function From({ from, selection }: { readonly from: string | null; readonly selection: Selection }): ReactNode {
  if (from === null) return <span className="hw-muted">{t('not there')}</span>;
  const step = from.slice(0, from.lastIndexOf('.'));
  return step.startsWith('setup.') ? <span className="hw-muted">{t('from setup')}</span> : <span className="hw-muted">{t('from')} <button type="button" className="hw-plainlink" onClick={() => selection.select(step)}>{step}</button></span>;
}

export function RestoreButton({ store, run, step }: { readonly store: string; readonly run: string; readonly step: string }): ReactNode {
  const host = useHost();
  return <Button label={t('Restore step')} icon="restore" small onClick={() => void host.restoreStep(store, run, step)} />;
}

function factsOf(step: StepView): [string, string][] {
  const last = step.attempts.at(-1);
  return [
    [t('State'), wordOf(step.status)],
    ...(step.ms === null ? [] : [[t('Took'), formatDuration(step.ms)] as [string, string]]),
    ...(step.overheadMs === null ? [] : [[t('Overhead'), `${step.overheadMs.toFixed(0)} ms`] as [string, string]]),
    ...(last?.began == null ? [] : [[t('Waited'), formatDuration(last.began - last.issued)] as [string, string]]),
    ...(step.peakBytes === null ? [] : [[t('Peak memory'), formatBytes(step.peakBytes)] as [string, string]]),
    ...(step.attempts.length > 1 ? [[t('Attempts'), String(step.attempts.length)] as [string, string]] : []),
    ...(last?.origin == null ? [] : [[t('Reused from'), last.origin] as [string, string]]),
    ...(step.openness === 'closed' ? [] : [[t('Names'), step.openness === 'open' ? t('some fetched when used') : t('all, in its turn')] as [string, string]]),
    ...step.warnings.map((warning): [string, string] => [t('Note'), warning]),
  ];
}
