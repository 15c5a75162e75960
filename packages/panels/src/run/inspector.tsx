// One step or one task of a run: facts, what it read and from whom, what it made; of a foreach the tasks to choose from.

import type { ReactNode } from 'react';
import { formatDuration, parseTask, type RunView, type StepView, type TaskView } from '@headwater/protocol';
import { useAsk, useHost } from '../context.tsx';
import { Button, CountBar } from '../parts/controls.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { t } from '../words/translate.ts';
import { BranchLists } from './branch-lists.tsx';
import { Branches } from './branches.tsx';
import { describeCare, describeControl, describeCounts, describeMemory, isLoop, lastedMs } from './describe-step.ts';
import { LoadButton } from './load-button.tsx';
import { hasBranches, placeOf, taskOf, type Selection } from './selection.ts';
import { useAgain } from './use-again.ts';
import { WorkButton } from './work-button.tsx';

interface InspectorProps {
  readonly store: string;
  readonly run: RunView;
  readonly step: StepView;
  readonly selection: Selection;
  /** Its tasks stand beside it already. */
  readonly listed: boolean;
}

export function Inspector({ store, run, step, selection, listed }: InspectorProps): ReactNode {
  const host = useHost();
  const task = taskOf(step, selection.task);
  const many = hasBranches(step) || isLoop(step);
  return (
    <aside className="hw-inspector" aria-label={t('Step {name}', { name: selection.task ?? step.name })}>
      <div className="hw-line"><StateIcon state={step.status} named={false} /><h2>{step.name}</h2><span className="hw-grow" /><Button label={t('Go to cell')} icon="cell" look="link" small onClick={() => host.goToCell(step.cells[0] ?? 0)} /></div>
      {many && <Sum step={step} />}
      {many && !listed && <Branches store={store} run={run} step={step} selection={selection} />}
      {task === null && hasBranches(step) && <BranchLists store={store} run={run.run} step={step} />}
      {task !== null && <TaskPart key={task} store={store} run={run} step={step} task={task} selection={selection} />}
      {task === null && <div className="hw-actions"><Button label={t('Run from here')} icon="from" small onClick={() => host.resume(store, run.run, step.name)} /></div>}
    </aside>
  );
}

function Sum({ step }: { readonly step: StepView }): ReactNode {
  const { done = 0, reused = 0, caught = 0, failed = 0, running = 0 } = step.counts;
  const lasted = lastedMs(step);
  const facts: readonly (readonly [string, string])[] = [
    [t('Tags'), [...describeControl(step), ...describeCare(step.control)].join(', ')], [t('Inside'), step.inside.filter((name) => name !== step.name).join(', ')],
    [t('Tasks'), describeCounts(step) || String(step.tasks)], [t('Took'), lasted === null ? '' : formatDuration(lasted)], [t('In all'), step.ms === null ? '' : formatDuration(step.ms)],
    [t('Peak memory'), describeMemory(step)], [t('Attempts'), step.tries > step.tasks ? String(step.tries) : ''], [t('Note'), step.note ?? ''],
  ];
  return (
    <>
      <CountBar done={done + reused + caught} failed={failed} running={running} total={step.tasks} />
      <Facts facts={facts} />
    </>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }): ReactNode {
  return <dl className="hw-facts">{facts.filter(([, value]) => value !== '').map(([name, value]) => <div key={`${name} ${value}`}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function TaskPart({ store, run, step, task, selection }: Omit<InspectorProps, 'listed'> & { readonly task: string }): ReactNode {
  const host = useHost();
  const asked = useAsk('task', { store, run: run.run, task });
  const artifacts = useAsk('artifacts', { store, run: run.run, task });
  useAgain(asked, JSON.stringify(step.counts));
  useAgain(artifacts, JSON.stringify(step.counts));
  const view = asked.answer;
  const made = artifacts.answer ?? [];
  const isBranch = hasBranches(step);
  return (
    <section aria-label={task}>
      {selection.task !== null && <div className="hw-line"><h3 className="hw-mono">{placeOf(task)}</h3><span className="hw-clip hw-grow">{view?.task.items.map(([name, label]) => `${name} = ${label}`).join(', ')}</span></div>}
      {view !== null && <Facts facts={factsOf(view, selection.task === null)} />}
      {isBranch && <div className="hw-actions"><TryButton store={store} run={run.run} task={task} /></div>}
      {view !== null && view.reads.length > 0 && (
        <>
          <h3>{t('Read')}</h3>
          <ul>{view.reads.map(({ name, from }) => <li key={name}><code>{name.replace(/^file:/, '')}</code> <From from={from} selection={selection} /></li>)}</ul>
        </>
      )}
      {made.length > 0 && (
        <>
          <h3>{t('Made')}</h3>
          <ul>{made.map((row) => (
            <li key={row.name} className="hw-line"><code>{row.name}</code> <span className="hw-muted hw-clip hw-grow">{row.tombstone === null ? row.summary || row.type.split('.').at(-1) : t('Not stored: {why}.', { why: row.tombstone })}</span>
              {row.tombstone === null && <LoadButton artifact={{ store, path: row.path, name: row.name, size: row.size }} />}</li>
          ))}</ul>
        </>
      )}
      <div className="hw-actions">
        <Button label={t('Run from here')} icon="from" small onClick={() => host.resume(store, run.run, step.name)} />
        {!isBranch && <RestoreButton store={store} run={run.run} step={task} />}
      </div>
    </section>
  );
}

function From({ from, selection }: { readonly from: string | null; readonly selection: Selection }): ReactNode {
  if (from === null) return <span className="hw-muted">{t('not there')}</span>;
  const task = from.slice(0, from.lastIndexOf('.'));
  if (task.startsWith('setup.')) return <span className="hw-muted">{t('from setup')}</span>;
  const { step = task, splits = false } = parseTask(task) ?? {};
  return splits ? <span className="hw-muted">{t('the item')}</span> : <span className="hw-muted">{t('from')} <button type="button" className="hw-plainlink" onClick={() => selection.select(task)}>{task === step ? step : task}</button></span>;
}

export function RestoreButton({ store, run, step }: { readonly store: string; readonly run: string; readonly step: string }): ReactNode {
  const host = useHost();
  return <WorkButton label={t('Restore step')} during={t('Restoring…')} icon="restore" small work={() => host.restoreStep(store, run, step)} />;
}

/** A branch becomes the notebook: its item, and all it had. */
export function TryButton({ store, run, task }: { readonly store: string; readonly run: string; readonly task: string }): ReactNode {
  const host = useHost();
  return <WorkButton label={t('Try this branch')} during={t('Restoring…')} icon="restore" small work={() => host.restoreStep(store, run, task)} />;
}

function factsOf({ task, step, attempts, failure, cpuMs }: TaskView, withControl: boolean): (readonly [string, string])[] {
  const last = attempts.at(-1);
  const tags = [...describeControl(step), ...describeCare(step.control)].join(', ');
  return [
    [t('State'), wordOf(task.status)],
    [t('Why'), failure === null ? (task.status === 'done' || task.status === 'reused' ? '' : task.happened ?? step.note ?? '') : `${failure.type}: ${failure.message.split('\n')[0] ?? ''}`],
    [t('Tags'), withControl && !hasBranches(step) && !isLoop(step) ? tags : ''],
    [t('Took'), task.ms === null ? '' : formatDuration(task.ms)],
    [t('Overhead'), step.overheadMs === null ? '' : `${step.overheadMs.toFixed(0)} ms`],
    [t('Waited'), task.began === null || task.issued === null ? '' : formatDuration(task.began - task.issued)],
    [t('Peak memory'), describeMemory({ ...step, peakBytes: task.peakBytes })],
    [t('CPU time'), cpuMs === null ? '' : formatDuration(cpuMs)],
    [t('Attempts'), attempts.length > 1 ? String(attempts.length) : ''],
    ...attempts.filter(({ sentence, id }) => sentence !== null && (id !== last?.id || failure === null)).map(({ number, sentence }) => [t('Attempt {n}', { n: number + 1 }), sentence ?? ''] as const),
    [t('Reused from'), last?.origin ?? ''],
    [t('Names'), step.openness === 'closed' ? '' : step.openness === 'open' ? t('some fetched when used') : t('all, in its turn')],
    ...(withControl ? step.warnings.map((warning) => [t('Note'), warning] as const) : []),
  ];
}
