// The list of runs in a side bar: find a run in two seconds, see whether something needs me.

import { memo, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { formatDate, type Params, type RunRow } from '@headwater/protocol';
import { useAsk, useHost, useNotebook, useNow } from '../context.tsx';
import { Button, Chip, CountBar, Field } from '../parts/controls.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { LinkBanner, Trouble } from '../parts/trouble.tsx';
import { Windowed } from '../parts/windowed.tsx';
import { count, t } from '../words/translate.ts';
import { daysOf } from './days.ts';
import { comparedWith, detailsOf, progressOf } from './describe-run.ts';
import { HistoryStrip } from './history-strip.tsx';
import { headlineOf } from './metrics.ts';
import { useMetrics } from './use-metrics.ts';
import { useRuns, type Runs } from './use-runs.ts';

const ROW = 48;
const LOOK_MS = 1000;
type ChipState = Params<'runs'>['state'];

export function RunList(): ReactNode {
  const host = useHost();
  const notebook = useNotebook();
  const where = useAsk('store', { notebook: notebook?.path ?? null });
  usePolled(where.answer?.problem?.code === 'no-store', where.again);
  const own = notebook === null ? null : notebook.name.replace(/\.(ipynb|py)$/, '');
  const [picked, setPicked] = useState<{ readonly flow: string | null; readonly notebook: string | null } | null>(null);
  const flow = picked !== null && picked.notebook === own ? picked.flow : own;
  const [filter, setFilter] = useState('');
  const [state, setState] = useState<ChipState>('all');
  const list = useRef<HTMLDivElement>(null);
  const calm = () => (list.current === null || (list.current.scrollTop === 0 && !list.current.matches(':hover, :focus-within')));
  const store = where.answer === null || where.answer.problem !== null ? null : where.answer.store;
  const runs = useRuns(store, { flow, state, filter }, calm);
  const flows = [...new Set([...(own === null ? [] : [own]), ...runs.page?.flows ?? []])];
  return (
    <section className="hw-panel hw-runlist" data-host={host.kind} aria-label={t('Headwater runs')}>
      <h1 className="hw-sr">{t('Runs')}</h1>
      <div className="hw-head">
        <select className="hw-pick" aria-label={t('Flow')} value={flow ?? ''} onChange={(event) => setPicked({ flow: event.target.value === '' ? null : event.target.value, notebook: own })}>
          {flows.map((name) => <option key={name} value={name}>{name}</option>)}
          <option value="">{t('All flows')}</option>
        </select>
        <span className="hw-grow" />
        <Button label={t('Run flow')} icon="play" look="primary" small disabled={notebook === null} onClick={() => host.runFlow()} />
        <Button label={t('Open as table')} icon="table" bare small look="quiet" disabled={store === null} onClick={() => store !== null && host.openRunsTable(store, flow)} />
      </div>
      <LinkBanner />
      {where.answer?.problem?.code === 'no-store' ? <NoRuns /> : where.answer?.problem != null ? <Trouble problem={where.answer.problem} /> : (
        <>
          <div className="hw-tools">
            <Field label={t('Filter runs')} placeholder={t('failed, alpha>0.2, tag:best')} value={filter} change={setFilter} />
            <Chips runs={runs} state={state} choose={setState} />
            {runs.page?.complaint != null && <p className="hw-complaint" role="status">{runs.page.complaint}</p>}
            {flow !== null && <Past rows={runs.rows} />}
          </div>
          <Rows runs={runs} store={store ?? ''} flow={flow} filter={filter} clear={() => { setFilter(''); setState('all'); }} list={list} />
        </>
      )}
    </section>
  );
}

/** The first run makes the store, and nobody tells of that. */
function usePolled(wanted: boolean, look: () => void): void {
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  });
}

function Chips({ runs, state, choose }: { readonly runs: Runs; readonly state: ChipState; readonly choose: (state: ChipState) => void }): ReactNode {
  const counts = runs.page?.counts;
  const chips: readonly (readonly [ChipState, string, number | undefined])[] = [
    ['all', t('All'), runs.page?.total], ['running', t('Running'), counts?.running], ['failed', t('Failed'), counts?.failed], ['tagged', t('Tagged'), counts?.tagged],
  ];
  return (
    <div className="hw-chips" role="group" aria-label={t('Show')}>
      {chips.map(([id, label, n]) => <button key={id} type="button" className="hw-chip" aria-pressed={state === id} onClick={() => choose(id)}>{label}{n !== undefined && ` ${n}`}</button>)}
    </div>
  );
}

/** Of one flow: how long runs of different ones take says nothing. */
function Past({ rows }: { readonly rows: readonly RunRow[] }): ReactNode {
  return <HistoryStrip rows={rows} now={useNow()} />;
}

interface RowsProps {
  readonly runs: Runs;
  readonly store: string;
  readonly flow: string | null;
  readonly filter: string;
  readonly clear: () => void;
  readonly list: React.RefObject<HTMLDivElement>;
}

function Rows({ runs, store, flow, filter, clear, list }: RowsProps): ReactNode {
  const host = useHost();
  const now = useNow();
  const [chosen, setChosen] = useState<string | null>(null);
  const today = formatDate(now);
  const metrics = useMetrics(store, runs.rows);
  const days = useMemo(() => daysOf(runs.rows, today), [runs.rows, today]);
  if (runs.problem !== null) return <Trouble problem={runs.problem} />;
  if (runs.page === null) return runs.asking ? <Skeleton /> : null;
  if (runs.rows.length === 0 && runs.waiting.length === 0) {
    if (runs.next !== null) return <p className="hw-empty">{t('Looking at older runs…')} <Button label={t('Go on')} look="link" onClick={runs.more} /></p>;
    return filter === '' && runs.page.total === 0 ? <NoRuns /> : <p className="hw-empty">{filter === '' ? t('No such run.') : t('No run matches {filter}.', { filter })} <Button label={t('Clear filter')} look="link" onClick={clear} /></p>;
  }
  return (
    <>
      {runs.waiting.length > 0 && <button type="button" className="hw-pill" onClick={runs.letIn}>{count(runs.waiting.length, '{n} new run', '{n} new runs')}</button>}
      <Windowed rows={runs.rows} height={ROW} keyOf={(row) => row.run} label={t('Runs')} sections={days} list={list} onNearEnd={runs.more} selected={(row) => row.run === chosen}
        onOpen={(row, stays) => { setChosen(row.run); host.openRun(store, row.run, { stays }); }}
        render={(row, _, near) => <Row row={row} store={store} right={progressOf(row) || headlineOf(metrics.get(row.run))} details={detailsOf(row, now)} named={flow === null} near={near} />} />
      <footer className="hw-foot"><span>{count(runs.page.total, '{n} run', '{n} runs')}</span><span title={store}>{store.split(/[\\/]/).at(-1)}</span></footer>
    </>
  );
}

interface RowProps {
  readonly row: RunRow;
  readonly store: string;
  /** How far it is, where it failed, or what it logged. */
  readonly right: string;
  readonly details: string;
  /** With the name of its flow. */
  readonly named: boolean;
  /** What can be done with it is seen. */
  readonly near: boolean;
}

/** Drawn again only when something of it has changed: while the list scrolls most rows stay. */
const Row = memo(function Row({ row, store, right, details, named, near }: RowProps): ReactNode {
  return (
    <div className="hw-run" title={new Date(row.started).toLocaleString()}>
      <StateIcon state={row.status} named={false} />
      <span className="hw-clip"><b>{named ? row.run : row.number}</b> {row.status === 'done' ? <span className="hw-sr">{wordOf('done')}</span> : wordOf(row.status)} {row.tags.map((tag) => <Chip key={tag}>{tag}</Chip>)}</span>
      <span className="hw-num hw-muted">{right}</span>
      <span className="hw-second hw-clip">{details}</span>
      {near && <RowActions row={row} store={store} />}
      {row.status === 'running' && <CountBar done={row.count.done} failed={row.count.failed} running={0} total={row.count.total} />}
    </div>
  );
});

const alone = (event: React.SyntheticEvent) => event.stopPropagation();

function RowActions({ row, store }: { readonly row: RunRow; readonly store: string }): ReactNode {
  const host = useHost();
  const base = comparedWith(row);
  return (
    <span className="hw-rowacts" onClick={alone} onDoubleClick={alone}>
      {row.status === 'running'
        ? <Button label={t('Stop {run}', { run: row.run })} icon="stop" bare small look="quiet" onClick={() => host.stop(store, row.run)} />
        : <Button label={t('Resume {run}', { run: row.run })} icon="resume" bare small look="quiet" onClick={() => host.resume(store, row.run)} />}
      {base !== null && <Button label={t('Compare {run} with {base}', { run: row.run, base })} icon="compare" bare small look="quiet" onClick={() => host.openCompare(store, [base, row.run])} />}
      <Button label={t('Open {run} as notebook', { run: row.run })} icon="notebook" bare small look="quiet" onClick={() => host.openExecuted(store, row.run)} />
    </span>
  );
}

function NoRuns(): ReactNode {
  const host = useHost();
  return (
    <div className="hw-teach">
      <h2>{t('No runs yet')}</h2>
      <ol>
        <li>{t('Tag a cell as a step: the tag button on the cell, or step:load as its tag.')}</li>
        <li>{t('Headwater reads the code and draws the flow.')}</li>
        <li>{t('Run it. Every result is kept and can be loaded back here.')}</li>
      </ol>
      <Button label={t('Tag this cell as a step')} icon="tag" look="primary" onClick={() => host.tagActiveCell()} />
      <Button label={t('Open an example')} onClick={() => host.openExample()} />
    </div>
  );
}

function Skeleton(): ReactNode {
  return <div className="hw-skeleton" role="status" aria-label={t('Loading')}>{[70, 55, 62, 48].map((width) => <div key={width}><i /><span style={{ width: `${width}%` }} /></div>)}</div>;
}
