// The tasks of a step to choose one from: the map, a box that finds one by its value, and those that matter first.

import { useState, type ReactNode } from 'react';
import { formatDuration, type RunView, type StepView } from '@headwater/protocol';
import { useAsk } from '../context.tsx';
import { Field } from '../parts/controls.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { count, t } from '../words/translate.ts';
import { labelOf, placeOf, type Selection } from './selection.ts';
import { TaskMap } from './task-map.tsx';
import { useAgain } from './use-again.ts';

const SHOWN = 8;

interface BranchesProps {
  readonly store: string;
  readonly run: RunView;
  readonly step: StepView;
  readonly selection: Selection;
}

export function Branches({ store, run, step, selection }: BranchesProps): ReactNode {
  const [words, setWords] = useState('');
  const asked = useAsk('tasks', { store, run: run.run, step: step.name, find: words, sort: 'failed', after: null, limit: SHOWN });
  useAgain(asked, JSON.stringify(step.counts));
  const { item } = step.control.foreach ?? { item: null };
  const page = asked.answer;
  return (
    <div className="hw-branches">
      <TaskMap store={store} run={run} step={step} chosen={selection.task} choose={selection.select} find={setWords} />
      <Field label={t('Find a task')} placeholder={item === null ? t('value, 9..40, failed') : t('{item}=VALUE, 9..40, failed', { item })} value={words} change={setWords} />
      {page !== null && page.matching === 0 && <p className="hw-muted">{t('No task matches.')}</p>}
      <ul>{page?.rows.map((row) => (
        <li key={row.task} aria-current={row.task === selection.task}>
          <button type="button" className="hw-branch" onClick={() => selection.select(row.task)}>
            <StateIcon state={row.status} /><code>{placeOf(row.task)}</code><span className="hw-clip">{labelOf(row)} <span className="hw-muted">{row.happened}</span></span><span className="hw-num hw-muted">{row.ms === null ? '' : formatDuration(row.ms)}</span>
          </button>
        </li>
      ))}</ul>
      {page !== null && page.matching > page.rows.length && <p className="hw-muted">{count(page.matching - page.rows.length, '{n} more: see Tasks.', '{n} more: see Tasks.')}</p>}
    </div>
  );
}
