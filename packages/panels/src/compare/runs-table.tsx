// The runs as a table in the main area: columns that differ, two ticked ones to compare.

import { useState, type ReactNode } from 'react';
import type { RunRow } from '@headwater/protocol';
import { useHost, useNow } from '../context.tsx';
import { Button, Field } from '../parts/controls.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { Root } from '../parts/root.tsx';
import { LinkBanner, Trouble } from '../parts/trouble.tsx';
import { formatWhen } from '@headwater/protocol';
import { progressOf, tookOf } from '../runs/describe-run.ts';
import { useRuns } from '../runs/use-runs.ts';
import { t } from '../words/translate.ts';

/** Rows in the document; more are asked for. */
const SHOWN = 200;

export function RunsTable({ store, flow }: { readonly store: string; readonly flow: string | null }): ReactNode {
  const host = useHost();
  const now = useNow();
  const [filter, setFilter] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [limit, setLimit] = useState(SHOWN);
  const runs = useRuns(store, { flow, state: 'all', filter }, () => true);
  const rows = runs.rows.slice(0, limit);
  const parameters = differing(rows);
  const toggle = (run: string) => setPicked(picked.includes(run) ? picked.filter((each) => each !== run) : [...picked, run].slice(-6));
  return (
    <Root className="hw-panel hw-runstable" label={t('Runs')}>
      <h1 className="hw-sr">{t('Runs')}</h1>
      <LinkBanner />
      <div className="hw-line hw-tools">
        <Field label={t('Filter runs')} placeholder={t('failed, alpha>0.2, tag:best')} value={filter} change={setFilter} />
        <span className="hw-grow" />
        {picked.length > 0 && <span className="hw-muted">{t('{n} selected', { n: picked.length })}</span>}
        <Button label={t('Compare')} icon="compare" look={picked.length > 1 ? 'primary' : 'plain'} disabled={picked.length < 2} onClick={() => host.openCompare(store, picked)} />
      </div>
      {runs.problem !== null && <Trouble problem={runs.problem} />}
      {runs.page?.complaint != null && <p className="hw-complaint">{runs.page.complaint}</p>}
      <div className="hw-scroll hw-grow">
        <table className="hw-table">
          <caption className="hw-sr">{t('Runs')}</caption>
          <thead><tr><th scope="col"><span className="hw-sr">{t('Select')}</span></th><th scope="col">{t('Run')}</th><th scope="col">{t('State')}</th><th scope="col">{t('Started')}</th><th scope="col" className="hw-num">{t('Took')}</th>{parameters.map((name) => <th key={name} scope="col" className="hw-num">{name}</th>)}<th scope="col">{t('Tags')}</th></tr></thead>
          <tbody>{rows.map((row) => (
            <tr key={row.run} aria-selected={picked.includes(row.run)}>
              <td><input type="checkbox" aria-label={t('Select {run}', { run: row.run })} checked={picked.includes(row.run)} onChange={() => toggle(row.run)} /></td>
              <th scope="row"><button type="button" className="hw-plainlink" onClick={() => host.openRun(store, row.run)}>{flow === null ? row.run : row.number}</button></th>
              <td><StateIcon state={row.status} named={false} /> {wordOf(row.status)} <span className="hw-muted">{progressOf(row)}</span></td>
              <td title={new Date(row.started).toLocaleString()}>{formatWhen(row.started, now)}</td><td className="hw-num">{tookOf(row, now)}</td>
              {parameters.map((name) => <td key={name} className="hw-num">{row.parameters[name] ?? ''}</td>)}
              <td>{row.tags.join(', ')}</td>
            </tr>
          ))}</tbody>
        </table>
        {(runs.next !== null || runs.rows.length > limit) && <Button label={t('Load more')} onClick={() => { setLimit(limit + SHOWN); if (runs.rows.length <= limit + SHOWN) runs.more(); }} />}
      </div>
    </Root>
  );
}

/** Parameters that were given in some of these runs and are not the same in all. */
function differing(rows: readonly RunRow[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.parameters)))];
  return names.filter((name) => new Set(rows.map((row) => row.parameters[name])).size > 1).slice(0, 12);
}
