// What a task showed: which task, which attempt, then its log.

import { useState, type ReactNode } from 'react';
import type { AttemptView, RunView, StepView } from '@headwater/protocol';
import { useAsk } from '../context.tsx';
import { wordOf } from '../words/state-word.ts';
import { Trouble } from '../parts/trouble.tsx';
import { t } from '../words/translate.ts';
import { AttemptLog } from './attempt-log.tsx';
import { Branches } from './branches.tsx';
import { findStep, hasBranches, stepsOf, taskOf, type Selection } from './selection.ts';
import { useAgain } from './use-again.ts';

interface LogsProps {
  readonly store: string;
  readonly run: RunView;
  readonly selection: Selection;
}

const hasStarted = (step: StepView) => step.tries > 0 || step.attempts.length > 0;

/** Without a choice: what failed, else what ran last. */
export function Logs({ store, run, selection }: LogsProps): ReactNode {
  const steps = stepsOf(run);
  const step = findStep(run, selection.step) ?? steps.find((each) => each.status === 'failed') ?? steps.findLast(hasStarted) ?? null;
  const task = taskOf(step, selection.task) ?? run.failures.find((failure) => failure.step === step?.name)?.task ?? null;
  return (
    <div className="hw-logs">
      <div className="hw-line hw-wrap">
        <select aria-label={t('Step')} value={step?.name ?? ''} onChange={(event) => selection.select(event.target.value)}>
          {steps.filter((each) => hasStarted(each) || each.name === step?.name).map((each) => <option key={each.name} value={each.name}>{each.name}</option>)}
        </select>
        {task !== null && task !== step?.name && <code>{task}</code>}
      </div>
      {step === null || !hasStarted(step) ? <p className="hw-empty">{t('No task has started.')}</p>
        : task === null ? <div className="hw-pad hw-narrow"><p>{t('Each task of {step} has its own. Choose one.', { step: step.name })}</p><Branches store={store} run={run} step={step} selection={selection} /></div>
          : hasBranches(step) || step.control.until !== null ? <TaskLog key={task} store={store} run={run} task={task} /> : <Attempts key={task} store={store} run={run.run} task={task} attempts={step.attempts} />}
    </div>
  );
}

function TaskLog({ store, run, task }: { readonly store: string; readonly run: RunView; readonly task: string }): ReactNode {
  const asked = useAsk('task', { store, run: run.run, task });
  useAgain(asked, JSON.stringify(run.steps.map((step) => step.counts)));
  if (asked.problem !== null) return <Trouble problem={asked.problem} />;
  return asked.answer === null ? null : <Attempts store={store} run={run.run} task={task} attempts={asked.answer.attempts} />;
}

interface AttemptsProps {
  readonly store: string;
  readonly run: string;
  readonly task: string;
  readonly attempts: readonly AttemptView[];
}

/** The last one unless another is chosen. */
function Attempts({ store, run, task, attempts }: AttemptsProps): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const attempt = attempts.find(({ id }) => id === chosen) ?? attempts.at(-1);
  if (attempt === undefined) return <p className="hw-empty">{t('{task} has not started.', { task })}</p>;
  return (
    <>
      {attempts.length > 1 && (
        <div className="hw-line">
          <select aria-label={t('Attempt')} value={attempt.id} onChange={(event) => setChosen(event.target.value)}>
            {attempts.map(({ id, number, status }) => <option key={id} value={id}>{t('attempt {n}, {state}', { n: number + 1, state: wordOf(status).toLowerCase() })}</option>)}
          </select>
          <span className="hw-muted hw-clip">{attempt.sentence}</span>
        </div>
      )}
      <AttemptLog key={attempt.id} store={store} run={run} attempt={attempt.id} task={task} />
    </>
  );
}
