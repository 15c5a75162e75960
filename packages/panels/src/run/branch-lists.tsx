// What all tasks of a foreach made by one name, loaded as a list.

import type { ReactNode } from 'react';
import type { StepView } from '@headwater/protocol';
import { useAsk } from '../context.tsx';
import { t } from '../words/translate.ts';
import { LoadButton } from './load-button.tsx';
import { useAgain } from './use-again.ts';

interface BranchListsProps {
  readonly store: string;
  readonly run: string;
  readonly step: StepView;
}

export function BranchLists({ store, run, step }: BranchListsProps): ReactNode {
  const asked = useAsk('artifacts', { store, run, task: `${step.name}[*]` });
  useAgain(asked, JSON.stringify(step.counts));
  const rows = asked.answer ?? [];
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('All tasks of {step}', { step: step.name })}>
      <p><b>{t('From all tasks, as a list')}</b></p>
      <ul>{rows.map((row) => (
        <li key={row.name} className="hw-line"><code>{row.name}</code> <span className="hw-muted hw-clip hw-grow">{row.summary}</span>
          <LoadButton label={t('Load list')} artifact={{ store, path: row.path, name: row.name, size: row.size }} /></li>
      ))}</ul>
    </section>
  );
}
