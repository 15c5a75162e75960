// What a run made: names, sizes, previews, and back into the kernel with one click.

import { useState, type ReactNode } from 'react';
import { formatBytes, type ArtifactRow, type RunView } from '@headwater/protocol';
import { useAsk, useHost } from '../context.tsx';
import { Button, Field } from '../parts/controls.tsx';
import { Icon, kindIcon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { t } from '../words/translate.ts';
import { BranchLists } from './branch-lists.tsx';
import { Branches } from './branches.tsx';
import { LoadButton } from './load-button.tsx';
import { Preview } from './preview.tsx';
import { findStep, hasBranches, taskOf, type Selection } from './selection.ts';
import { useAgain } from './use-again.ts';

interface ArtifactsProps {
  readonly store: string;
  readonly run: RunView;
  readonly selection: Selection;
}

export function Artifacts({ store, run, selection }: ArtifactsProps): ReactNode {
  const step = findStep(run, selection.step);
  const task = taskOf(step, selection.task);
  const open = step !== null && task === null;
  const asked = useAsk('artifacts', open ? null : { store, run: run.run, task });
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  useAgain(asked, JSON.stringify(run.steps.map((each) => each.counts)));
  if (open) {
    return (
      <div className="hw-pad hw-narrow">
        {hasBranches(step) && <BranchLists store={store} run={run.run} step={step} />}
        <p>{t('Each task of {step} has its own. Choose one.', { step: step.name })}</p>
        <Branches store={store} run={run} step={step} selection={selection} />
      </div>
    );
  }
  if (asked.problem !== null) return <Trouble problem={asked.problem} />;
  const rows = (asked.answer ?? []).filter((row) => `${row.name} ${row.type} ${row.step}`.toLowerCase().includes(words.toLowerCase()));
  const row = rows.find((each) => each.path === chosen) ?? null;
  if (asked.answer !== null && asked.answer.length === 0) return <p className="hw-empty">{task === null ? t('Nothing is kept yet.') : t('{step} made nothing that is kept.', { step: task })}</p>;
  return (
    <div className="hw-split">
      <div className="hw-grow">
        <div className="hw-tools"><Field label={t('Filter artifacts')} placeholder={t('name, type or step')} value={words} change={setWords} /></div>
        <table className="hw-table">
          <caption className="hw-sr">{t('Artifacts of {run}', { run: run.run })}</caption>
          <thead><tr><th scope="col">{t('Name')}</th><th scope="col">{t('Type')}</th><th scope="col">{t('Value')}</th><th scope="col" className="hw-num">{t('Size')}</th><th scope="col">{t('Step')}</th><th scope="col"><span className="hw-sr">{t('Load')}</span></th></tr></thead>
          <tbody>{rows.map((each) => <ArtifactLine key={each.path} row={each} store={store} chosen={each.path === chosen} choose={() => setChosen(each.path === chosen ? null : each.path)} />)}</tbody>
        </table>
      </div>
      {row !== null && <Detail row={row} store={store} run={run.run} close={() => setChosen(null)} />}
    </div>
  );
}

const refOf = (store: string, row: ArtifactRow) => ({ store, path: row.path, name: row.name, size: row.size });
const shortType = (type: string) => type.split('.').at(-1) ?? type;

function ArtifactLine({ row, store, chosen, choose }: { readonly row: ArtifactRow; readonly store: string; readonly chosen: boolean; readonly choose: () => void }): ReactNode {
  return (
    <tr aria-selected={chosen} onClick={choose}>
      <th scope="row"><Icon name={kindIcon(row.kind)} /> <button type="button" className="hw-plainlink hw-mono" aria-expanded={chosen} onClick={(event) => { event.stopPropagation(); choose(); }}>{row.name}</button></th>
      <td>{shortType(row.type)}</td>
      <td className="hw-clip hw-muted hw-rest">{row.tombstone === null ? (row.thumbnail === null ? row.summary : <><img alt="" className="hw-thumb" src={`data:image/png;base64,${row.thumbnail}`} /> {row.summary}</>) : t('Not stored: {why}.', { why: row.tombstone })}</td>
      <td className="hw-num">{row.tombstone === null ? formatBytes(row.size) : ''}</td>
      <td>{row.step.startsWith('setup.') ? t('setup') : row.step}</td>
      <td className="hw-num" onClick={(event) => event.stopPropagation()}>{row.tombstone === null && <LoadButton artifact={refOf(store, row)} />}</td>
    </tr>
  );
}

const TABLES = new Set(['frame', 'series', 'array']);

function Detail({ row, store, run, close }: { readonly row: ArtifactRow; readonly store: string; readonly run: string; readonly close: () => void }): ReactNode {
  const host = useHost();
  const asked = useAsk('preview', row.tombstone === null ? { store, run, attempt: row.attempt, name: row.name } : null);
  const code = `headwater.load("${row.path}")`;
  return (
    <aside className="hw-inspector" aria-label={t('Artifact {name}', { name: row.name })}>
      <div className="hw-line"><h2 className="hw-mono">{row.name}</h2><span className="hw-grow" /><Button label={t('Close')} icon="close" bare small look="quiet" onClick={close} /></div>
      <p className="hw-muted">{row.type}</p>
      {row.tombstone === null ? (
        <>
          <Preview preview={asked.answer?.preview ?? null} />
          <div className="hw-actions">
            <LoadButton artifact={refOf(store, row)} />
            <Button label={t('Insert load cell')} small onClick={() => host.insertLoadCell(refOf(store, row))} />
            {TABLES.has(row.kind) && <Button label={t('Open as table')} icon="table" small onClick={() => host.openTable(refOf(store, row))} />}
          </div>
          <p className="hw-line"><code className="hw-clip">{code}</code><Button label={t('Copy')} icon="copy" bare small look="quiet" onClick={() => host.copy(code)} /></p>
        </>
      ) : <p>{t('Not stored: {why}. Make it in setup, or in the step that uses it.', { why: row.tombstone })}</p>}
    </aside>
  );
}
