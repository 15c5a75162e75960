// The editor's own glyph for each state: shape first, then the theme's colour.

import type { Shown } from '@headwater/panels';

export interface IconShape {
  readonly id: string;
  readonly color: string | null;
}

const GREEN = 'notebookStatusSuccessIcon.foreground';
const WARN = 'editorWarning.foreground';
const OFF = 'descriptionForeground';

const ICONS: Readonly<Record<Shown, IconShape>> = {
  done: { id: 'pass', color: GREEN },
  reused: { id: 'issue-reopened', color: GREEN },
  failed: { id: 'error', color: 'notebookStatusErrorIcon.foreground' },
  running: { id: 'sync~spin', color: 'charts.blue' },
  caught: { id: 'warning', color: WARN },
  stopped: { id: 'stop-circle', color: WARN },
  lost: { id: 'question', color: WARN },
  stale: { id: 'debug-breakpoint-log-unverified', color: WARN },
  waiting: { id: 'clock', color: OFF },
  executed: { id: 'clock', color: OFF },
  skipped: { id: 'circle-slash', color: OFF },
  discarded: { id: 'circle-slash', color: OFF },
  'not reached': { id: 'circle-small', color: OFF },
};

export const iconOf = (state: Shown): IconShape => ICONS[state];

const KINDS: Readonly<Record<string, string>> = { frame: 'table', series: 'table', array: 'symbol-array', figure: 'graph', model: 'circuit-board', value: 'symbol-variable', text: 'symbol-string', json: 'json', tombstone: 'circle-slash' };

export const kindIcon = (kind: string): string => (Object.hasOwn(KINDS, kind) ? KINDS[kind] ?? 'symbol-variable' : 'symbol-variable');
