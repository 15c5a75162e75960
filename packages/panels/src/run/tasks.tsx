// Every task of a run as a table: pages, found and ordered by the service.

import { useEffect, useState, type ReactNode } from 'react';
import { formatBytes, formatDuration, type FailureView, type Params, type RunView, type TaskRow } from '@headwater/protocol';
import { useAsk, useHost } from '../context.tsx';
import { Button, Field } from '../parts/controls.tsx';
import { Icon, StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { Trouble } from '../parts/trouble.tsx';
import { count, t } from '../words/translate.ts';
import { findStep, hasBranches, placeOf, type Selection } from './selection.ts';
import { TaskMap } from './task-map.tsx';
import { useAgain } from './use-again.ts';

const PAGE = 100;
type Sort = Params<'tasks'>['sort'];

interface TasksProps {
  readonly store: string;
  readonly run: RunView;
  readonly selection: Selection;
}

export function Tasks({ store, run, selection }: TasksProps): ReactNode {
  const { step: name } = selection;
  const step = findStep(run, name);
  const [find, setFind] = useState('');
  const [sort, setSort] = useState<Sort>('failed');
  const [grouped, setGrouped] = useState(false);
  const pages = usePages(store, run, { step: name, find, sort });
  const several = run.failures.some((failure) => failure.count > 1);
  return (
    <div className="hw-tasks">
      {step !== null && hasBranches(step) && <TaskMap store={store} run={run} step={step} chosen={selection.task} choose={selection.select} find={setFind} />}
      <div className="hw-line hw-tools">
        <Field label={t('Find tasks')} placeholder={t('failed, lr=0.1, region=DE-*, 9..40')} value={find} change={setFind} />
        <select aria-label={t('Order')} value={sort} onChange={(event) => setSort(event.target.value as Sort)}>
          <option value="failed">{t('Failed first')}</option><option value="order">{t('In order')}</option><option value="took">{t('Longest first')}</option><option value="memory">{t('Most memory first')}</option>
        </select>
        <span className="hw-grow" />
        {several && <Button label={t('Group by error')} small pressed={grouped} onClick={() => setGrouped(!grouped)} />}
        <span className="hw-muted" role="status">{pages.matching === null ? '' : pages.matching === pages.total ? count(pages.total, '{n} task', '{n} tasks') : t('{n} of {m} tasks', { n: pages.matching, m: pages.total })}</span>
      </div>
      {pages.problem !== null && <Trouble problem={pages.problem} />}
      {grouped && several ? <Errors run={run} selection={selection} /> : <Table run={run} rows={pages.rows} selection={selection} />}
      {pages.matching === 0 && <p className="hw-empty">{t('No task matches {words}.', { words: find })} <Button label={t('Clear filter')} look="link" onClick={() => setFind('')} /></p>}
      {pages.more !== null && !grouped && <Button label={t('Load more')} onClick={pages.more} />}
    </div>
  );
}

interface Pages {
  readonly rows: readonly TaskRow[];
  readonly matching: number | null;
  readonly total: number;
  readonly problem: ReturnType<typeof useAsk>['problem'];
  readonly more: (() => void) | null;
}

/** The first page follows the run; further ones stay as they were read. */
function usePages(store: string, run: RunView, choice: { readonly step: string | null; readonly find: string; readonly sort: Sort }): Pages {
  const { backend } = useHost();
  const params = { store, run: run.run, ...choice, limit: PAGE };
  const key = JSON.stringify(params);
  const first = useAsk('tasks', { ...params, after: null });
  useAgain(first, JSON.stringify(run.steps.map((step) => step.counts)));
  const [later, setLater] = useState<{ readonly rows: readonly TaskRow[]; readonly next: string | null } | null>(null);
  useEffect(() => setLater(null), [key]);
  const next = later === null ? first.answer?.next ?? null : later.next;
  const known = new Set(first.answer?.rows.map((row) => row.task));
  return {
    rows: [...first.answer?.rows ?? [], ...(later?.rows ?? []).filter((row) => !known.has(row.task))],
    matching: first.answer?.matching ?? null,
    total: first.answer?.total ?? 0,
    problem: first.problem,
    more: next === null ? null : () => void backend.call('tasks', { ...params, after: next }).then((page) => setLater({ rows: [...later?.rows ?? [], ...page.rows], next: page.next }), first.again),
  };
}

function Table({ run, rows, selection }: { readonly run: RunView; readonly rows: readonly TaskRow[]; readonly selection: Selection }): ReactNode {
  const withItems = rows.some((row) => row.items.length > 0);
  const columns: readonly (readonly [string, boolean])[] = [
    [t('State'), false], [t('Task'), false], ...(withItems ? [[t('Item'), false] as const] : []), [t('Started'), true], [t('Waited'), true], [t('Took'), true], [t('Peak memory'), true], [t('Attempts'), true], [t('What happened'), false],
  ];
  return (
    <table className="hw-table">
      <caption className="hw-sr">{t('Tasks of {run}', { run: run.run })}</caption>
      <thead><tr>{columns.map(([name, isNumber]) => <th key={name} scope="col" className={isNumber ? 'hw-num' : ''}>{name}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.task} aria-selected={(selection.task ?? selection.step) === row.task} onClick={() => selection.select(row.task)}>
            <td><StateIcon state={row.status} named={false} /> {wordOf(row.status)}</td>
            <th scope="row"><button type="button" className="hw-plainlink" onClick={(event) => { event.stopPropagation(); selection.select(row.task); }}>{row.task}</button></th>
            {withItems && <td className="hw-clip hw-wide">{row.items.map(([name, label]) => `${name}=${label}`).join(', ')}</td>}
            <td className="hw-num">{row.began === null ? '' : `+${formatDuration(row.began - run.started)}`}</td>
            <td className="hw-num">{row.began === null || row.issued === null ? '' : formatDuration(row.began - row.issued)}</td>
            <td className="hw-num">{row.ms === null ? '' : formatDuration(row.ms)}</td>
            <td className="hw-num">{row.peakBytes === null ? '' : formatBytes(row.peakBytes)}</td>
            <td className="hw-num">{row.attempts > 0 ? row.attempts : ''}</td>
            <td className="hw-clip hw-wide" title={row.happened ?? undefined}>{row.happened}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Each different error once, with the tasks that had it. */
function Errors({ run, selection }: { readonly run: RunView; readonly selection: Selection }): ReactNode {
  const failures = run.failures.filter((failure) => selection.step === null || failure.step === selection.step);
  return <ul className="hw-errors">{failures.map((failure) => <li key={failure.task}><ErrorGroup failure={failure} selection={selection} /></li>)}</ul>;
}

function ErrorGroup({ failure, selection }: { readonly failure: FailureView; readonly selection: Selection }): ReactNode {
  const left = failure.count - failure.tasks.length;
  return (
    <>
      <p><span className="hw-failed"><Icon name="failed" /></span> <b>{failure.type}: {failure.message.split('\n')[0]}</b> <span className="hw-muted">{t('{step}, {tasks}', { step: failure.step, tasks: count(failure.count, '{n} task', '{n} tasks') })}</span></p>
      <p className="hw-line hw-wrap">{failure.tasks.map((task) => <button key={task} type="button" className="hw-chip hw-mono" aria-pressed={selection.task === task} onClick={() => selection.select(task)}>{placeOf(task)}</button>)}{left > 0 && <span className="hw-muted">{count(left, 'and {n} more', 'and {n} more')}</span>}</p>
    </>
  );
}
