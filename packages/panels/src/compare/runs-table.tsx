// The runs as a table in the main area: columns that differ, metrics, two ticked ones to compare. A sweep is read here.

import { useState, type ReactNode } from 'react';
import { formatWhen, type RunRow } from '@headwater/protocol';
import { useHost, useNow } from '../context.tsx';
import { Button, Field } from '../parts/controls.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { Root } from '../parts/root.tsx';
import { LinkBanner, Trouble } from '../parts/trouble.tsx';
import { progressOf, tookOf } from '../runs/describe-run.ts';
import { showMetric } from '../runs/metrics.ts';
import { useMetrics } from '../runs/use-metrics.ts';
import { useRuns } from '../runs/use-runs.ts';
import { count, t } from '../words/translate.ts';
import { differing, metricNames, orderRows, plainValue, type Order } from './order-rows.ts';

/** Rows in the document; more are asked for. */
const SHOWN = 100;

export function RunsTable({ store, flow }: { readonly store: string; readonly flow: string | null }): ReactNode {
  const host = useHost();
  const now = useNow();
  const [filter, setFilter] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [limit, setLimit] = useState(SHOWN);
  const [order, setOrder] = useState<Order | null>(null);
  const runs = useRuns(store, { flow, state: 'all', filter }, () => true);
  const known = runs.rows.slice(0, limit);
  const metrics = useMetrics(store, known);
  const names = metricNames(metrics.values());
  const parameters = differing(known);
  const rows = orderRows(known, order, metrics);
  const toggle = (run: string) => setPicked(picked.includes(run) ? picked.filter((each) => each !== run) : [...picked, run].slice(-6));
  const sortBy = (by: Order['by'], name: string) => setOrder(order?.by === by && order.name === name ? (order.descending ? { by, name, descending: false } : null) : { by, name, descending: true });
  const head = (by: Order['by'], name: string) => <SortHead key={`${by} ${name}`} name={name} state={order?.by === by && order.name === name ? order : null} sort={() => sortBy(by, name)} />;
  return (
    <Root className="hw-panel hw-runstable" label={t('Runs')}>
      <h1 className="hw-sr">{t('Runs')}</h1>
      <LinkBanner />
      <div className="hw-line hw-tools">
        <Field label={t('Filter runs')} placeholder={t('failed, alpha>0.2, tag:best')} value={filter} change={setFilter} />
        <span className="hw-muted" role="status">{runs.page === null ? '' : count(runs.page.total, '{n} run', '{n} runs')}</span>
        <span className="hw-grow" />
        {picked.length > 0 && <span className="hw-muted">{t('{n} selected', { n: picked.length })}</span>}
        <Button label={t('Compare')} icon="compare" look={picked.length > 1 ? 'primary' : 'plain'} disabled={picked.length < 2} onClick={() => host.openCompare(store, picked)} />
      </div>
      {runs.problem !== null && <Trouble problem={runs.problem} />}
      {runs.page?.complaint != null && <p className="hw-complaint">{runs.page.complaint}</p>}
      <div className="hw-scroll hw-grow" tabIndex={0} role="region" aria-label={t('Rows')}>
        <table className="hw-table">
          <caption className="hw-sr">{t('Runs')}</caption>
          <thead><tr><th scope="col"><span className="hw-sr">{t('Select')}</span></th><th scope="col">{t('Run')}</th><th scope="col">{t('State')}</th><th scope="col">{t('Started')}</th>{head('took', t('Took'))}{parameters.map((name) => head('parameter', name))}{names.map((name) => head('metric', name))}{rows.some((row) => row.tags.length > 0) && <th scope="col">{t('Tags')}</th>}</tr></thead>
          <tbody>{rows.map((row) => (
            <tr key={row.run} aria-selected={picked.includes(row.run)}>
              <td><input type="checkbox" aria-label={t('Select {run}', { run: row.run })} checked={picked.includes(row.run)} onChange={() => toggle(row.run)} /></td>
              <th scope="row"><button type="button" className="hw-plainlink" onClick={() => host.openRun(store, row.run)}>{flow === null ? row.run : row.number}</button></th>
              <State row={row} />
              <td title={new Date(row.started).toLocaleString()}>{formatWhen(row.started, now)}</td><td className="hw-num">{tookOf(row, now)}</td>
              {parameters.map((name) => <td key={name} className="hw-num">{plainValue(row.parameters[name] ?? '')}</td>)}
              {names.map((name) => <td key={name} className="hw-num">{logged(metrics.get(row.run)?.[name])}</td>)}
              {rows.some((each) => each.tags.length > 0) && <td>{row.tags.join(', ')}</td>}
            </tr>
          ))}</tbody>
        </table>
        {(runs.next !== null || runs.rows.length > limit) && <Button label={t('Load more')} onClick={() => { setLimit(limit + SHOWN); if (runs.rows.length <= limit + SHOWN) runs.more(); }} />}
      </div>
    </Root>
  );
}

function State({ row }: { readonly row: RunRow }): ReactNode {
  return <td><StateIcon state={row.status} named={false} /> {wordOf(row.status)} <span className="hw-muted">{progressOf(row)}</span></td>;
}

function SortHead({ name, state, sort }: { readonly name: string; readonly state: Order | null; readonly sort: () => void }): ReactNode {
  return (
    <th scope="col" className="hw-num" aria-sort={state === null ? 'none' : state.descending ? 'descending' : 'ascending'}>
      <button type="button" className="hw-plainlink" onClick={sort}>{name}{state !== null && (state.descending ? ' ↓' : ' ↑')}</button>
    </th>
  );
}

const logged = (value: number | undefined) => (value === undefined ? '' : showMetric(value));
