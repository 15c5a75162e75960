// The status item of a cell: the label that both editors show, behind the shape of its state. Pure.

import { badgeFor, namedSteps, t, wordOf } from '@headwater/panels';
import type { Analysis } from '@headwater/protocol';
import { iconOf } from '../views/icons.ts';

export interface ShownCell {
  readonly text: string;
  readonly tooltip: string;
  /** The whole sentence, for who does not see the shape. */
  readonly spoken: string;
}

/** Null for a cell that carries nothing. */
export function describeCell(analysis: Analysis | null, index: number): ShownCell | null {
  const cell = analysis?.cells[index];
  if (analysis === null || cell === undefined) return null;
  const badge = badgeFor(analysis, cell);
  if (badge === null) return namedSteps(analysis).length === 0 ? INVITATION() : null;
  const spoken = badge.state === null ? badge.text : `${wordOf(badge.state)}. ${badge.text}`;
  return { text: `$(${badge.state === null ? 'tag' : iconOf(badge.state).id}) ${badge.text}`, tooltip: `${spoken}\n${t('Click to change the tag.')}`, spoken };
}

/** In a notebook without steps nobody would know where to begin. */
const INVITATION = (): ShownCell => ({ text: `$(tag) ${t('Tag as step')}`, tooltip: t('Make this cell a step of a flow.'), spoken: t('Tag as step') });
