// Glyphs of 16 px, drawn once: states, actions, kinds of artifacts.

import type { ReactNode } from 'react';
import { wordOf, type Shown } from '../words/state-word.ts';

const GLYPHS = {
  done: <><circle cx="8" cy="8" r="6.25" /><path d="M5.2 8.3l2 2 3.8-4.4" /></>,
  reused: <><path d="M13.4 5A6.2 6.2 0 1 0 14.2 8M13.8 2v3.2h-3.2" /><path d="M5.4 8.3l1.9 1.9 3.3-4" /></>,
  failed: <><circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" /><path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" className="hw-cut" /></>,
  running: <><circle cx="8" cy="8" r="6" opacity=".3" /><path d="M8 2a6 6 0 0 1 6 6" strokeWidth="2" /></>,
  caught: <><path d="M8 2.2l6.2 11H1.8z" /><path d="M8 6.4v3.2M8 11.5h.01" /></>,
  stopped: <><circle cx="8" cy="8" r="6.25" /><rect x="5.6" y="5.6" width="4.8" height="4.8" fill="currentColor" stroke="none" /></>,
  lost: <><circle cx="8" cy="8" r="6.25" strokeDasharray="3 2" /><path d="M6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.6.3-.8.6-.8 1.3M8 11.3h.01" /></>,
  stale: <path d="M8 2.2L13.8 8 8 13.8 2.2 8z" />,
  waiting: <><circle cx="8" cy="8" r="6.25" /><path d="M8 4.8V8l2.2 1.6" /></>,
  skipped: <><circle cx="8" cy="8" r="6.25" /><path d="M5.2 8h5.6" /></>,
  discarded: <><circle cx="8" cy="8" r="6.25" strokeDasharray="2.2 2" /><path d="M6 6l4 4M10 6l-4 4" /></>,
  none: <circle cx="8" cy="8" r="2.5" />,
  play: <path d="M5 3.2l8 4.8-8 4.8z" />,
  from: <path d="M3 3v10M6.5 3.8l7 4.2-7 4.2z" />,
  resume: <path d="M2.6 8a5.4 5.4 0 1 0 1.8-4L2.6 5.6M2.4 2.4v3.4h3.4" />,
  restore: <path d="M2.6 8a5.4 5.4 0 1 0 1.8-4L2.6 5.6M2.4 2.4v3.4h3.4M8 5v3.2l2 1.4" />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" />,
  load: <path d="M8 2v7.4M5 6.6l3 3 3-3M2.5 10v3.5h11V10" />,
  compare: <><rect x="2" y="3" width="4.5" height="10" /><rect x="9.5" y="3" width="4.5" height="10" /></>,
  notebook: <><rect x="3" y="2" width="10" height="12" /><path d="M6 2v12M8.5 5h2.5M8.5 8h2.5" /></>,
  cell: <><rect x="2" y="3" width="12" height="10" /><path d="M5 6.5L6.8 8 5 9.5M8.5 10H11" /></>,
  copy: <><rect x="5.5" y="5.5" width="8" height="8" /><path d="M3 10.5V2.5h7.5" /></>,
  search: <><circle cx="7" cy="7" r="4.2" /><path d="M10.2 10.2L14 14" /></>,
  table: <><rect x="2" y="3" width="12" height="10" /><path d="M2 6.3h12M2 9.7h12M6.5 3v10" /></>,
  tag: <><path d="M2.5 2.5h5.2l6 6-5.2 5.2-6-6z" /><circle cx="5.4" cy="5.4" r=".8" /></>,
  plug: <path d="M5 2.5v3M9 2.5v3M3.5 5.5h7v2a3.5 3.5 0 0 1-7 0zM7 11v3M12 11l2.5 2.5M14.5 11L12 13.5" />,
  right: <path d="M6 4l4 4-4 4" />,
  down: <path d="M4 6l4 4 4-4" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  array: <path d="M5 2.5H2.5v11H5M11 2.5h2.5v11H11M6.5 6h.01M9.5 6h.01M6.5 10h.01M9.5 10h.01" />,
  figure: <path d="M2.5 2.5v11h11M5 10.5l2.5-3 2 1.5 3.5-4.5" />,
  frame: <><rect x="2" y="3" width="12" height="10" /><path d="M2 6.3h12M6.5 6.3V13" /></>,
  model: <><circle cx="3.5" cy="4.5" r="1.5" /><circle cx="3.5" cy="11.5" r="1.5" /><circle cx="12.5" cy="8" r="1.5" /><path d="M5 5.2l6 2.3M5 10.8l6-2.3" /></>,
  text: <path d="M3 4h10M3 8h10M3 12h6" />,
  value: <path d="M6 3L4.5 13M11.5 3L10 13M3 6h10.5M2.5 10H13" />,
  ghost: <><rect x="2.5" y="2.5" width="11" height="11" strokeDasharray="2 2.2" /><path d="M6 6l4 4M10 6l-4 4" /></>,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof GLYPHS;

export function Icon({ name, className = '' }: { readonly name: IconName; readonly className?: string }): ReactNode {
  return <svg className={`hw-icon ${className}`} viewBox="0 0 16 16" aria-hidden="true">{GLYPHS[name]}</svg>;
}

const OF_STATE: Readonly<Record<Shown, readonly [IconName, string]>> = {
  done: ['done', 'done'], reused: ['reused', 'done'], failed: ['failed', 'failed'], running: ['running', 'running'], caught: ['caught', 'warn'], stopped: ['stopped', 'warn'],
  lost: ['lost', 'warn'], stale: ['stale', 'warn'], waiting: ['waiting', 'off'], executed: ['waiting', 'off'], skipped: ['skipped', 'off'], discarded: ['discarded', 'off'], 'not reached': ['none', 'off'],
};

/** Shape and colour; the word stands beside it or is read from it. */
export function StateIcon({ state, named = true }: { readonly state: Shown; readonly named?: boolean }): ReactNode {
  const [name, tone] = OF_STATE[state];
  return (
    <span className={`hw-state hw-${tone}`}>
      <Icon name={name} className={name === 'running' ? 'hw-turns' : ''} />
      {named && <span className="hw-sr">{wordOf(state)}</span>}
    </span>
  );
}

const OF_KIND: Readonly<Record<string, IconName>> = { frame: 'frame', series: 'frame', array: 'array', figure: 'figure', model: 'model', value: 'value', text: 'text', json: 'text', tombstone: 'ghost' };

export const kindIcon = (kind: string): IconName => (Object.hasOwn(OF_KIND, kind) ? OF_KIND[kind] ?? 'value' : 'value');
