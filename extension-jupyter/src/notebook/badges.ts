// The label and the bar of every cell: attributes of its node that the style sheet draws. No element is added, so it is right in every windowing mode.

import { badgeFor, wordOf, type Badge } from '@headwater/panels';
import type { WatchedNotebook } from './watched-notebook.ts';

export function decorate({ analysis, panel }: WatchedNotebook): void {
  for (const [index, cell] of panel.content.widgets.entries()) {
    const shown = analysis?.cells[index];
    mark(cell.node, analysis === null || shown === undefined ? null : badgeFor(analysis, shown));
  }
}

const NOTHING: Badge = { text: '', state: null, hue: null };

function mark(node: HTMLElement, badge: Badge | null): void {
  const { text, state, hue } = badge ?? NOTHING;
  put(node, 'data-hw-badge', text);
  put(node, 'data-hw-state', state === null ? '' : state.replace(' ', '-'));
  put(node, 'data-hw-hue', hue === null ? '' : String(hue + 1));
  put(node, 'aria-description', state === null ? text : `${wordOf(state)}. ${text}`);
}

/** Only what differs is written: every write costs the page a style pass. */
function put(node: HTMLElement, name: string, value: string): void {
  if (value === '') node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
