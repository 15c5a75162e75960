// Runs side by side: runs are columns, things are rows, and only what differs unless asked.

import { useState, type ReactNode } from 'react';
import { formatDuration, type Comparison } from '@headwater/protocol';
import { useAsk, useHost } from '../context.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { Root } from '../parts/root.tsx';
import { LinkBanner, Trouble } from '../parts/trouble.tsx';
import { t } from '../words/translate.ts';

type Section = Comparison['sections'][number];

export function Compare({ store, runs }: { readonly store: string; readonly runs: readonly string[] }): ReactNode {
  const host = useHost();
  const asked = useAsk('compare', runs.length < 2 ? null : { store, runs: [...runs] });
  const [only, setOnly] = useState(true);
  return (
    <Root className="hw-panel hw-compare" label={t('Compare runs')}>
      <h1>{t('Compare')}</h1>
      <LinkBanner />
      {runs.length < 2 && <p className="hw-empty">{t('Choose a second run.')}</p>}
      {asked.problem !== null && <Trouble problem={asked.problem} />}
      {asked.answer !== null && (
        <>
          <label className="hw-line"><input type="checkbox" checked={only} onChange={() => setOnly(!only)} /> {t('Only differences')}</label>
          <table className="hw-table">
            <caption className="hw-sr">{runs.join(', ')}</caption>
            <thead><tr><th scope="col"><span className="hw-sr">{t('Thing')}</span></th>{runs.map((run, at) => {
              const row = asked.answer?.runs[at];
              return <th key={run} scope="col">{row == null ? <>{run} <span className="hw-muted">{t('deleted')}</span></> : <button type="button" className="hw-plainlink" onClick={() => host.openRun(store, run)}><StateIcon state={row.status} /> {run}</button>}{at === 0 && <span className="hw-muted"> {t('base')}</span>}</th>;
            })}</tr></thead>
            {asked.answer.sections.map((section) => <SectionRows key={section.title} section={section} only={only} columns={runs.length} />)}
          </table>
        </>
      )}
    </Root>
  );
}

function SectionRows({ section, only, columns }: { readonly section: Section; readonly only: boolean; readonly columns: number }): ReactNode {
  const differ = section.rows.filter((row) => !row.same).length;
  const rows = only ? section.rows.filter((row) => !row.same) : section.rows;
  const titles: Readonly<Record<Section['title'], string>> = { parameters: t('Parameters'), metrics: t('Metrics'), durations: t('Durations'), artifacts: t('Artifacts'), code: t('Code'), environment: t('Environment') };
  return (
    <tbody>
      <tr className="hw-sectionrow"><th scope="rowgroup" colSpan={columns + 1}>{titles[section.title]} <span className="hw-muted">{t('{n} differ, {m} same', { n: differ, m: section.rows.length - differ })}</span></th></tr>
      {rows.map((row) => <tr key={row.name} className={row.same ? 'hw-muted' : ''}><th scope="row" className="hw-mono">{row.name}</th>{row.cells.map((cell, at) => <td key={at}>{cell === null ? <span className="hw-muted">–</span> : <Cell text={show(section.title, cell)} bold={!row.same && cell !== row.cells[0]} change={at === 0 ? null : changeOf(section.title, row.cells[0] ?? null, cell)} />}</td>)}</tr>)}
    </tbody>
  );
}

function Cell({ text, bold, change }: { readonly text: string; readonly bold: boolean; readonly change: string | null }): ReactNode {
  return <>{bold ? <b>{text}</b> : text}{change !== null && <span className="hw-muted"> {change}</span>}</>;
}

const show = (title: Section['title'], text: string) => (title === 'durations' ? formatDuration(Number(text)) : text);

/** How far a number is from the base, with an arrow; no judgement whether that is better. */
function changeOf(title: Section['title'], base: string | null, text: string): string | null {
  const [a, b] = [Number(base), Number(text)];
  if (base === null || base === '' || text === '' || Number.isNaN(a) || Number.isNaN(b) || a === b) return null;
  const by = title === 'durations' ? formatDuration(Math.abs(b - a)) : String(Number(Math.abs(b - a).toPrecision(4)));
  return `${b > a ? '↑' : '↓'} ${by}`;
}
