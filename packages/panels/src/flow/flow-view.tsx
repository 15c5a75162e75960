// The steps of the open notebook: how each stands, and whether its last result still holds.

import type { ReactNode } from 'react';
import { formatDuration, type Analysis } from '@headwater/protocol';
import { useHost } from '../context.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { wordOf } from '../words/state-word.ts';
import { t } from '../words/translate.ts';
import { namedSteps, predecessors, standingOf, stateOf } from './badge.ts';

interface FlowViewProps {
  /** Null while nothing is known about the open notebook. */
  readonly analysis: Analysis | null;
  /** Position of the active cell. */
  readonly activeCell: number | null;
}

export function FlowView({ analysis, activeCell }: FlowViewProps): ReactNode {
  const host = useHost();
  const steps = analysis === null ? [] : namedSteps(analysis);
  return (
    <section className="hw-panel hw-flow" data-host={host.kind} aria-label={t('Flow')}>
      <h2 className="hw-section">{t('Flow')} <span className="hw-muted">{host.notebook?.name ?? ''}</span></h2>
      {steps.length === 0 ? <p className="hw-empty">{t('No steps yet. Tag a cell.')}</p> : (
        <ul>
          {steps.map((step, at) => (
            <li key={step.name} aria-current={activeCell !== null && step.cells.includes(activeCell)}>
              <button type="button" onClick={() => host.goToCell(step.cells[0] ?? 0)} title={predecessors(step).length > 0 ? t('after {steps}', { steps: predecessors(step).join(', ') }) : undefined}>
                <i className={`hw-bar hw-hue-${(at % 5) + 1}`} />
                <StateIcon state={stateOf(step)} named={false} />
                <span className="hw-clip">{step.name} <span className={standingOf(step) === wordOf('done') ? 'hw-sr' : 'hw-muted'}>{standingOf(step)}</span></span>
                <span className="hw-num hw-muted">{step.last?.ms == null ? '' : formatDuration(step.last.ms)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
