// A long list of rows of one height: only those in sight are in the document. One tab stop; arrows, Home, End and pages move in it.

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { rowAt, sectionOf, TITLE, topOf, type Section } from './sections.ts';

/** Rows drawn above and below what is seen, so that scrolling shows no gap. */
const MARGIN = 6;

const NONE: readonly Section[] = [];

interface WindowedProps<T> {
  readonly rows: readonly T[];
  readonly height: number;
  readonly keyOf: (row: T) => string;
  readonly label: string;
  /** Titles between the rows, for the eye: each row says of itself what they say. */
  readonly sections?: readonly Section[];
  /** `near`: the pointer, the focus or the selection is on it, so that what can be done with it is seen. */
  readonly render: (row: T, at: number, near: boolean) => ReactNode;
  readonly onOpen: (row: T, stays: boolean) => void;
  readonly onSelect?: (row: T) => void;
  readonly onNearEnd?: () => void;
  readonly selected?: (row: T) => boolean;
  readonly list?: RefObject<HTMLDivElement>;
}

export function Windowed<T>({ rows, height, keyOf, label, sections = NONE, render, onOpen, onSelect, onNearEnd, selected, list }: WindowedProps<T>): ReactNode {
  const own = useRef<HTMLDivElement>(null);
  const box = list ?? own;
  const [view, setView] = useState({ top: 0, size: 600 });
  const [active, setActive] = useState(0);
  const [pointed, setPointed] = useState(-1);
  const top = (row: number) => topOf(sections, height, row);
  const seen = rowAt(sections, height, view.top);
  const first = Math.max(0, seen - MARGIN);
  const last = Math.min(rows.length, rowAt(sections, height, view.top + view.size) + 1 + MARGIN);
  /** Of the section that is looked at, above the list. */
  const above = sectionOf(sections, seen);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setView({ top: element.scrollTop, size: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  useEffect(() => {
    if (last >= rows.length - MARGIN) onNearEnd?.();
  }, [last, rows.length, onNearEnd]);
  const moveTo = (at: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, at));
    setActive(to);
    const element = box.current;
    if (element === null) return;
    const bottom = top(to) + height + (above === null ? 0 : TITLE);
    if (top(to) < element.scrollTop) element.scrollTop = top(to);
    if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.size / height) - 1);
    const moves: Readonly<Record<string, number>> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1, PageDown: active + page, PageUp: active - page };
    const to = moves[event.key];
    const row = rows[active];
    if (to !== undefined) moveTo(to);
    else if (event.key === 'Enter' && row !== undefined && event.target instanceof HTMLElement && event.target.dataset['at'] !== undefined) onOpen(row, true);
    else if (event.key === ' ' && row !== undefined && onSelect !== undefined) onSelect(row);
    else return;
    event.preventDefault();
  };
  return (
    <div className="hw-windowed" ref={box} onScroll={(event) => setView({ top: event.currentTarget.scrollTop, size: event.currentTarget.clientHeight })} onKeyDown={onKey}>
      {above !== null && <div className="hw-sectiontitle" style={{ height: TITLE }} aria-hidden="true">{above.title}</div>}
      <div role="list" aria-label={label} style={{ height: rows.length === 0 ? 0 : top(rows.length - 1) + height, position: 'relative' }}>
        {sections.filter(({ at }) => at > 0 && at >= first && at < last).map(({ at, title }) => <div key={`title ${title} ${at}`} className="hw-sectiontitle" style={{ position: 'absolute', top: top(at) - TITLE, height: TITLE, left: 0, right: 0 }} aria-hidden="true">{title}</div>)}
        {rows.slice(first, last).map((row, offset) => {
          const at = first + offset;
          const isSelected = selected?.(row) ?? false;
          return (
            <div key={keyOf(row)} role="listitem" aria-current={isSelected} aria-setsize={rows.length} aria-posinset={at + 1} data-at={at} tabIndex={at === active ? 0 : -1}
              className="hw-row" style={{ position: 'absolute', top: top(at), height, left: 0, right: 0 }}
              onClick={() => { setActive(at); onOpen(row, false); }} onDoubleClick={() => onOpen(row, true)} onFocus={() => setActive(at)} onPointerEnter={() => setPointed(at)} onPointerLeave={() => setPointed(-1)}>
              {render(row, at, isSelected || at === active || at === pointed)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
