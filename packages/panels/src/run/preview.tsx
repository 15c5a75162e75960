// A preview as the worker wrote it: never unpickled, always saying what it left out. What it holds comes from a file, so every part is looked at before it is drawn.

import type { ReactNode } from 'react';
import { t } from '../words/translate.ts';

type Facts = Readonly<Record<string, unknown>>;

export function Preview({ preview }: { readonly preview: Facts | null }): ReactNode {
  if (preview === null) return <p className="hw-muted">{t('No preview. Load still works.')}</p>;
  const thumbnail = preview['thumbnail'];
  return (
    <div className="hw-preview">
      {typeof thumbnail === 'string' && /^[A-Za-z0-9+/=]+$/.test(thumbnail) && <img alt={t('thumbnail')} src={`data:image/png;base64,${thumbnail}`} className="hw-figure" />}
      {preview['kind'] === 'frame' ? <FrameHead facts={preview} /> : <Plain facts={preview} />}
    </div>
  );
}

function FrameHead({ facts }: { readonly facts: Facts }): ReactNode {
  const fields = records(facts['fields']);
  const head = lists(facts['head']);
  const index = facts['index'];
  const labels = typeof index === 'object' && index !== null && 'labels' in index ? list(index.labels) : [];
  return (
    <>
      <div className="hw-scroll" tabIndex={0} role="region" aria-label={t('First rows')}>
        <table className="hw-table hw-dense">
          <thead><tr><th scope="col"><span className="hw-sr">{t('row')}</span></th>{fields.map((field, at) => <th key={at} scope="col">{show(field['name'])}<small>{show(field['type'] ?? field['dtype'] ?? '')}</small></th>)}</tr></thead>
          <tbody>{head.map((row, at) => <tr key={at}><th scope="row" className="hw-muted">{show(labels[at] ?? at)}</th>{row.map((cell, column) => <td key={column} className={typeof cell === 'number' ? 'hw-num' : ''}>{show(cell)}</td>)}</tr>)}</tbody>
        </table>
      </div>
      <p className="hw-muted">{t('First {shown} of {rows} rows, {fields} of {columns} columns.', { shown: head.length, rows: show(facts['rows']), fields: fields.length, columns: show(facts['columns']) })}</p>
    </>
  );
}

const HIDDEN = new Set(['kind', 'thumbnail', 'cut', 'head', 'fields', 'index']);

function Plain({ facts }: { readonly facts: Facts }): ReactNode {
  const text = facts['text'] ?? (facts['kind'] === 'value' ? facts['value'] : undefined);
  return (
    <>
      {text !== undefined && <pre className="hw-value">{show(text)}</pre>}
      <dl className="hw-facts">
        {Object.entries(facts).filter(([name, value]) => !HIDDEN.has(name) && name !== 'text' && name !== 'value' && !isEmpty(value)).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{show(value)}</dd></div>)}
      </dl>
    </>
  );
}

const LONGEST = 400;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const lists = (value: unknown): (readonly unknown[])[] => list(value).filter((row) => Array.isArray(row));
const records = (value: unknown): Facts[] => list(value).filter((each): each is Facts => typeof each === 'object' && each !== null && !Array.isArray(each));
const isEmpty = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0);

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
