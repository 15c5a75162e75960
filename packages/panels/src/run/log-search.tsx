// The search over a whole log: "2 of 5", Enter for the next, Shift+Enter for the one before, Esc to let go.

import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useAsk } from '../context.tsx';
import { Button, Field } from '../parts/controls.tsx';
import { t } from '../words/translate.ts';

interface LogSearchProps {
  readonly store: string;
  readonly run: string;
  readonly attempt: string;
  /** Brings the frame at this byte into view; null goes back to the end. */
  readonly show: (offset: number | null) => void;
}

const CALM_MS = 250;

export function LogSearch({ store, run, attempt, show }: LogSearchProps): ReactNode {
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), CALM_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const asked = useAsk('searchLogs', words === '' ? null : { store, run, attempt, words });
  const hits = words === '' || asked.asking ? null : asked.answer?.hits ?? null;
  const go = (to: number) => {
    if (hits === null || hits.length === 0) return;
    const next = (to + hits.length) % hits.length;
    setAt(next);
    show(hits[next]?.offset ?? null);
  };
  useEffect(() => {
    if (hits !== null) go(0);
  }, [asked.answer]);
  const change = (text: string) => {
    setTyped(text);
    if (text === '') show(null);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') go(at + (event.shiftKey ? -1 : 1));
    else if (event.key === 'Escape' && typed !== '') change('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="hw-line hw-logsearch" onKeyDown={onKey}>
      <Field label={t('Find in log')} placeholder={t('Find in log')} value={typed} change={change} />
      <span className="hw-muted" role="status">{hits === null ? '' : hits.length === 0 ? t('Not found') : t('{n} of {m}', { n: at + 1, m: asked.answer?.more === true ? `${String(hits.length)}+` : hits.length })}</span>
      {hits !== null && hits.length > 1 && <><Button label={t('Previous')} small look="quiet" onClick={() => go(at - 1)} /><Button label={t('Next')} small look="quiet" onClick={() => go(at + 1)} /></>}
      {hits !== null && hits.length > 0 && <span className="hw-clip hw-muted hw-mono">{hits[at]?.line}</span>}
    </div>
  );
}
