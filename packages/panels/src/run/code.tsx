// The cells as they ran, against the open notebook as it is now.

import { useState, type ReactNode } from 'react';
import type { CellDiff, RunView } from '@headwater/protocol';
import { useAsk, useHost, useNotebook } from '../context.tsx';
import { Button } from '../parts/controls.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { count, t } from '../words/translate.ts';
import type { Selection } from './selection.ts';

interface CodeProps {
  readonly store: string;
  readonly run: RunView;
  readonly selection: Selection;
}

/** Against the open notebook where it is this flow's, else the file of the run. */
export function Code({ store, run, selection }: CodeProps): ReactNode {
  const notebook = useNotebook();
  const isOpen = notebook !== null && notebook.path.endsWith(run.notebook.split('/').at(-1) ?? run.notebook);
  const asked = useAsk('diff', { store, run: run.run, notebook: isOpen ? notebook.path : run.notebook, text: isOpen ? notebook.text() : null });
  const [all, setAll] = useState(false);
  if (asked.problem !== null) return <Trouble problem={asked.problem} />;
  if (asked.answer === null) return null;
  const cells = asked.answer.filter((cell) => selection.step === null || cell.step === selection.step);
  const changed = cells.filter((cell) => !cell.same);
  const shown = all || changed.length === 0 ? cells : changed;
  return (
    <div className="hw-code">
      <div className="hw-line">
        <p>{changed.length === 0 ? t('Nothing changed since this run.') : count(changed.length, '{n} cell changed since this run.', '{n} cells changed since this run.')}</p>
        {changed.length > 0 && <Button label={all ? t('Only changes') : t('All cells')} small look="link" onClick={() => setAll(!all)} />}
      </div>
      {shown.map((cell) => <CellView key={`${cell.step} ${cell.ran} ${cell.now}`} cell={cell} />)}
    </div>
  );
}

function CellView({ cell }: { readonly cell: CellDiff }): ReactNode {
  const host = useHost();
  const { now } = cell;
  let line = 0;
  return (
    <div>
      <h2 className="hw-line">{cell.step.startsWith('setup.') ? t('setup') : cell.step} <span className="hw-muted">{describe(cell)}</span><span className="hw-grow" />{now !== null && <Button label={t('Go to cell')} icon="cell" look="link" small onClick={() => host.goToCell(now)} />}</h2>
      <pre className="hw-source">
        {cell.lines.map((each, at) => {
          if (each.kind !== 'added') line += 1;
          const failed = each.kind !== 'added' && line === cell.failedLine;
          return <div key={at} className={`hw-${each.kind} ${failed ? 'hw-failedline' : ''}`}><span aria-hidden="true">{each.kind === 'added' ? '+' : each.kind === 'removed' ? '−' : ' '}</span>{each.kind !== 'same' && <span className="hw-sr">{each.kind === 'added' ? t('now:') : t('then:')}</span>}{each.text}{failed && <em>{t('failed here')}</em>}</div>;
        })}
      </pre>
    </div>
  );
}

function describe(cell: CellDiff): string {
  if (cell.ran === null) return t('new since this run');
  if (cell.now === null) return t('no longer in the notebook');
  return cell.same ? t('cell {n}', { n: cell.now + 1 }) : t('cell {n}, changed', { n: cell.now + 1 });
}
