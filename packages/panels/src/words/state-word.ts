// The word of every state that is shown.

import { STATE_WORDS, type State } from '@headwater/protocol';
import { t } from './translate.ts';

export type Shown = State | 'stale';

export const wordOf = (state: Shown) => (state === 'stale' ? t('stale') : t(STATE_WORDS[state]));
