// The log of one attempt, from its end backwards; it follows only while it is at its end. What is looked for is found by the service, in all of it.

import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { LogPart } from '@headwater/protocol';
import { CallError } from '../client/backend.ts';
import { useHost } from '../context.tsx';
import { Button } from '../parts/controls.tsx';
import { OutputView } from '../parts/output.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { t } from '../words/translate.ts';
import { LogSearch } from './log-search.tsx';

const PART_BYTES = 65_536;
const FOLLOW_MS = 300;
/** Frames in the document at once; older ones come back on a click. */
const MOST_FRAMES = 600;

interface AttemptLogProps {
  readonly store: string;
  readonly run: string;
  readonly attempt: string;
  readonly task: string;
}

export function AttemptLog({ store, run, attempt, task }: AttemptLogProps): ReactNode {
  const { backend } = useHost();
  const [log, setLog] = useState<LogPart | null>(null);
  /** The byte where the frame begins that was looked for. */
  const [hit, setHit] = useState<number | null>(null);
  const [problem, setProblem] = useState<CallError | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const ask = useCallback((from: number, bytes = PART_BYTES) => backend.call('logs', { store, run, attempt, from, bytes }), [backend, store, run, attempt]);
  const fail = (error: unknown) => setProblem(error instanceof CallError ? error : null);
  useEffect(() => {
    ask(-PART_BYTES).then(setLog, fail);
  }, [ask]);
  useEffect(() => {
    if (log === null || log.ended || hit !== null) return undefined;
    const timer = setTimeout(() => {
      ask(log.next).then((more) => setLog({ ...more, frames: [...log.frames, ...more.frames].slice(-MOST_FRAMES), first: log.first }), fail);
    }, FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [ask, log, hit]);
  useEffect(() => {
    if (box.current === null) return;
    if (hit !== null) box.current.scrollTop = 0;
    else if (follows.current) box.current.scrollTop = box.current.scrollHeight;
  }, [log, hit]);
  const earlier = () => {
    if (log === null) return;
    const from = Math.max(0, log.first - PART_BYTES);
    ask(from, log.first - from).then((part) => setLog({ ...log, frames: [...part.frames, ...log.frames], first: from }), fail);
  };
  const later = () => {
    if (log !== null) ask(log.next).then((part) => setLog({ ...part, frames: [...log.frames, ...part.frames], first: log.first }), fail);
  };
  const show = (offset: number | null) => {
    setHit(offset);
    ask(offset ?? -PART_BYTES).then(setLog, fail);
  };
  if (problem !== null) return <Trouble problem={problem} />;
  if (log === null) return null;
  if (log.size === 0) return <p className="hw-empty">{log.ended ? t('{task} printed nothing.', { task }) : t('Nothing printed yet.')}</p>;
  return (
    <>
      <LogSearch store={store} run={run} attempt={attempt} show={show} />
      <div className="hw-log" ref={box} tabIndex={0} role="log" aria-label={t('Log of {attempt}', { attempt })} aria-live="off"
        onScroll={(event) => { follows.current = event.currentTarget.scrollHeight - event.currentTarget.scrollTop - event.currentTarget.clientHeight < 8; }}
        onKeyDown={(event) => { if (event.key === 'f' && !event.ctrlKey && !event.metaKey) { follows.current = true; show(null); } }}>
        {log.first > 0 && <Button label={t('Show what came before')} look="link" onClick={earlier} />}
        {log.frames.map((frame, at) => <div key={at} className={hit === log.first && at === 0 ? 'hw-hit' : undefined}><OutputView output={frame} /></div>)}
        {hit !== null && log.next < log.size && <Button label={t('Show what follows')} look="link" onClick={later} />}
      </div>
    </>
  );
}
