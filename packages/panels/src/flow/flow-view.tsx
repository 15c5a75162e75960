// The steps of the open notebook: how each stands, and whether its last result still holds.

import type { ReactNode } from 'react';
import { formatDuration, type Analysis, type StepNow } from '@headwater/protocol';
import { useHost } from '../context.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { t } from '../words/translate.ts';
import { describeStale, namedSteps, predecessors, stateOf } from './badge.ts';

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
                <StateIcon state={stateOf(step)} />
                <span className="hw-clip">{step.name} <span className="hw-muted">{remark(step)}</span></span>
                <span className="hw-num hw-muted">{step.last?.ms == null ? '' : formatDuration(step.last.ms)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What is worth a word beside its state. */
function remark({ last, stale }: StepNow): string {
  if (stale !== null) return describeStale(stale);
  if (last === null) return t('never run');
  return last.tasks > 1 && last.failed > 0 ? t('{n} of {m} failed', { n: last.failed, m: last.tasks }) : last.tasks > 1 ? `×${String(last.tasks)}` : '';
}
