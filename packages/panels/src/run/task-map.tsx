// All tasks of a step as small squares in the order of the list: one tab stop, arrows move in it. A state has its own sign, colour only helps.

import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { RunView, StepView, TaskMap as Squares } from '@headwater/protocol';
import { useAsk } from '../context.tsx';
import { wordOf } from '../words/state-word.ts';
import { count, t } from '../words/translate.ts';
import { placeOf } from './selection.ts';
import { useAgain } from './use-again.ts';

type Square = Squares['squares'][number];

interface TaskMapProps {
  readonly store: string;
  readonly run: RunView;
  readonly step: StepView;
  readonly chosen: string | null;
  /** A task, or of a square that stands for many what finds them. */
  readonly choose: (task: string) => void;
  readonly find: (words: string) => void;
}

export function TaskMap({ store, run, step, chosen, choose, find }: TaskMapProps): ReactNode {
  const asked = useAsk('taskMap', { store, run: run.run, step: step.name });
  useAgain(asked, `${JSON.stringify(step.counts)} ${step.tasks}`);
  const [active, setActive] = useState(0);
  const [looked, setLooked] = useState<number | null>(null);
  const id = useId();
  const squares = asked.answer?.squares ?? [];
  const open = (square: Square) => {
    if (square.task === '') return;
    if (square.last === null) choose(square.task);
    else find(`${/(\d+)\]/.exec(square.task)?.[1] ?? ''}..${/(\d+)\]/.exec(square.last)?.[1] ?? ''}`);
  };
  const onKey = (event: KeyboardEvent) => {
    const square = squares[active];
    const columns = getComputedStyle(event.currentTarget).gridTemplateColumns.split(' ').length;
    const moves: Readonly<Record<string, number>> = { ArrowRight: active + 1, ArrowLeft: active - 1, ArrowDown: active + columns, ArrowUp: active - columns, Home: 0, End: squares.length - 1 };
    const to = moves[event.key];
    if (to !== undefined) setActive(Math.max(0, Math.min(squares.length - 1, to)));
    else if ((event.key === 'Enter' || event.key === ' ') && square !== undefined) open(square);
    else if (event.key === 'n') setActive(nextFailed(squares, active));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (squares.length === 0) return null;
  const at = looked ?? active;
  const shown = squares[at];
  const per = squares[0]?.tasks ?? 1;
  return (
    <div className="hw-map">
      <p><b>{count(asked.answer?.total ?? 0, '{n} task, in order', '{n} tasks, in order')}</b> {per > 1 && <span className="hw-muted">{t('one square is {n}', { n: per })}</span>}</p>
      <div role="listbox" aria-label={t('Tasks of {step}', { step: step.name })} tabIndex={0} aria-activedescendant={`${id}-${String(active)}`} className="hw-squares" onKeyDown={onKey} onMouseLeave={() => setLooked(null)}>
        {squares.map((square, each) => (
          <span key={each} id={`${id}-${String(each)}`} role="option" aria-selected={square.task !== '' && square.task === chosen} aria-label={describe(square)} data-state={square.status.replace(' ', '-')} data-active={each === active || undefined}
            onMouseEnter={() => setLooked(each)} onClick={() => { setActive(each); open(square); }} />
        ))}
      </div>
      <p className="hw-clip hw-looked" aria-hidden="true">{shown === undefined ? '' : describe(shown)}</p>
    </div>
  );
}

function describe(square: Square): string {
  if (square.task === '') return t('still to come');
  const range = square.last === null ? placeOf(square.task) : t('{first} to {last}', { first: placeOf(square.task), last: placeOf(square.last) });
  const state = square.tasks === 1 ? wordOf(square.status) : square.failed > 0 ? t('{n} failed', { n: square.failed }) : wordOf(square.status);
  return [range, square.label, state].filter((part) => part !== '').join(' · ');
}

function nextFailed(squares: readonly Square[], from: number): number {
  const after = squares.findIndex((square, at) => at > from && square.failed > 0);
  const found = after >= 0 ? after : squares.findIndex((square) => square.failed > 0);
  return found < 0 ? from : found;
}
