// A stored frame, all of it: pages, sorted and filtered by a worker.

import { useState, type ReactNode } from 'react';
import { useAsk } from '../context.tsx';
import type { ArtifactRef } from '../host.ts';
import { Button, Field } from '../parts/controls.tsx';
import { Root } from '../parts/root.tsx';
import { LinkBanner, Trouble } from '../parts/trouble.tsx';
import { LoadButton } from '../run/load-button.tsx';
import { t } from '../words/translate.ts';

const PAGE = 50;

export function TableViewer({ artifact }: { readonly artifact: ArtifactRef }): ReactNode {
  const [first, setFirst] = useState(0);
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<{ column: string; descending: boolean } | null>(null);
  const [flow = '', number = '', task = ''] = artifact.path.split('/');
  const asked = useAsk('table', { store: artifact.store, run: `${flow}/${number}`, task, name: artifact.name, first, count: PAGE, sort, filter });
  const page = asked.answer;
  const sortBy = (column: string) => { setFirst(0); setSort(sort?.column === column ? (sort.descending ? null : { column, descending: true }) : { column, descending: false }); };
  return (
    <Root className="hw-panel hw-tableview" label={t('Table {name}', { name: artifact.name })}>
      <LinkBanner />
      <div className="hw-line hw-tools">
        <h1 className="hw-mono">{artifact.name}</h1><span className="hw-muted">{artifact.path}</span><span className="hw-grow" />
        <Field label={t('Filter rows')} placeholder={t('text in any cell')} value={filter} change={(text) => { setFirst(0); setFilter(text); }} />
        <LoadButton artifact={artifact} />
      </div>
      {asked.problem !== null && <Trouble problem={asked.problem} />}
      {page === null && asked.problem === null && <p className="hw-empty" role="status">{t('Loading…')}</p>}
      {page !== null && (
        <>
          <div className="hw-scroll hw-grow" tabIndex={0} role="region" aria-label={t('Rows')}>
            <table className="hw-table hw-dense">
              <caption className="hw-sr">{artifact.path}</caption>
              <thead><tr><th scope="col"><span className="hw-sr">{t('row')}</span></th>{page.columns.map((column, at) => (
                <th key={at} scope="col" className={isNumber(column.type) ? 'hw-num' : ''} aria-sort={sort?.column === column.name ? (sort.descending ? 'descending' : 'ascending') : 'none'}><button type="button" className="hw-plainlink" onClick={() => sortBy(column.name)}>{column.name} {sort?.column === column.name && (sort.descending ? '↓' : '↑')}</button><small>{column.type}</small></th>
              ))}</tr></thead>
              <tbody>{page.rows.map((row, at) => <tr key={at}><th scope="row" className="hw-muted">{page.index[at]}</th>{row.map((cell, column) => <td key={column} className={typeof cell === 'number' ? 'hw-num' : ''} title={typeof cell === 'number' ? String(cell) : undefined}>{cell === null ? <span className="hw-muted">–</span> : show(cell)}</td>)}</tr>)}</tbody>
            </table>
          </div>
          <div className="hw-line hw-tools" role="status">
            <span>{t('{from} to {to} of {n} rows', { from: page.matching === 0 ? 0 : page.first + 1, to: page.first + page.rows.length, n: page.matching })}{page.matching < page.total && <span className="hw-muted"> {t('({n} in all)', { n: page.total })}</span>}</span><span className="hw-grow" />
            <Button label={t('Previous')} small disabled={first === 0} onClick={() => setFirst(Math.max(0, first - PAGE))} />
            <Button label={t('Next')} small disabled={page.first + page.rows.length >= page.matching} onClick={() => setFirst(first + PAGE)} />
          </div>
        </>
      )}
    </Root>
  );
}

const isNumber = (type: string) => /^(u?int|float|complex|Int|Float|UInt)/.test(type);

/** Nobody means the sixteenth digit; the tooltip has all of them. */
const show = (cell: string | number | boolean) => (typeof cell === 'number' && !Number.isInteger(cell) ? String(Number(cell.toPrecision(10))) : String(cell));
