// What a task showed, from its end backwards; it follows only while it is at its end.

import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { LogPart, RunView } from '@headwater/protocol';
import { useHost } from '../context.tsx';
import { CallError } from '../client/backend.ts';
import { Button } from '../parts/controls.tsx';
import { OutputView } from '../parts/output.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { t } from '../words/translate.ts';
import { findStep, stepsOf, type Selection } from './selection.ts';

const TAIL_BYTES = 65_536;
const FOLLOW_MS = 300;
/** Frames in the document at once; older ones come back on a click. */
const MOST_FRAMES = 600;

interface LogsProps {
  readonly store: string;
  readonly run: RunView;
  readonly selection: Selection;
}

export function Logs({ store, run, selection }: LogsProps): ReactNode {
  const step = findStep(run, selection.step) ?? stepsOf(run).find((each) => each.status === 'failed') ?? stepsOf(run).findLast((each) => each.attempts.length > 0) ?? null;
  const attempt = step?.attempts.at(-1);
  return (
    <div className="hw-logs">
      <div className="hw-line">
        <select aria-label={t('Task')} value={step?.name ?? ''} onChange={(event) => selection.select(event.target.value)}>
          {stepsOf(run).filter((each) => each.attempts.length > 0).map((each) => <option key={each.name} value={each.name}>{each.name}</option>)}
        </select>
      </div>
      {step === null || attempt === undefined ? <p className="hw-empty">{t('No task has started.')}</p> : <AttemptLog key={attempt.id} store={store} run={run.run} attempt={attempt.id} step={step.name} />}
    </div>
  );
}

function AttemptLog({ store, run, attempt, step }: { readonly store: string; readonly run: string; readonly attempt: string; readonly step: string }): ReactNode {
  const { backend } = useHost();
  const [log, setLog] = useState<LogPart | null>(null);
  const [problem, setProblem] = useState<CallError | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const ask = useCallback((from: number, bytes = TAIL_BYTES) => backend.call('logs', { store, run, attempt, from, bytes }), [backend, store, run, attempt]);
  const fail = (error: unknown) => setProblem(error instanceof CallError ? error : null);
  useEffect(() => {
    ask(-TAIL_BYTES).then(setLog, fail);
  }, [ask]);
  useEffect(() => {
    if (log === null || log.ended) return undefined;
    const timer = setTimeout(() => {
      ask(log.next).then((more) => setLog({ ...more, frames: [...log.frames, ...more.frames].slice(-MOST_FRAMES), first: log.first }), fail);
    }, FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [ask, log]);
  useEffect(() => {
    if (follows.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [log]);
  const earlier = () => {
    if (log === null) return;
    const from = Math.max(0, log.first - TAIL_BYTES);
    ask(from, log.first - from).then((part) => setLog({ ...log, frames: [...part.frames, ...log.frames], first: from }), fail);
  };
  if (problem !== null) return <Trouble problem={problem} />;
  if (log === null) return null;
  if (log.frames.length === 0) return <p className="hw-empty">{log.ended ? t('{step} printed nothing.', { step }) : t('Nothing printed yet.')}</p>;
  return (
    <div className="hw-log" ref={box} tabIndex={0} role="log" aria-label={t('Log of {attempt}', { attempt })} aria-live="off"
      onScroll={(event) => { follows.current = event.currentTarget.scrollHeight - event.currentTarget.scrollTop - event.currentTarget.clientHeight < 8; }}
      onKeyDown={(event) => { if (event.key === 'f') { follows.current = true; event.currentTarget.scrollTop = event.currentTarget.scrollHeight; } }}>
      {log.first > 0 && <Button label={t('Show what came before')} look="link" onClick={earlier} />}
      {log.frames.map((frame, at) => <OutputView key={at} output={frame} />)}
    </div>
  );
}
