// What has changed in an environment since an earlier run, in a line.

import type { InstalledChange } from '@headwater/protocol';

/** In one line; the rest is in `headwater diff`. */
const MOST = 6;

/** `pandas 2.1.0 → 2.2.3, six 1.16.0 is gone, toml 0.10 is new` */
export function describeChanges(changes: readonly InstalledChange[]): string {
  const shown = changes.slice(0, MOST).map(({ name, before, now }) => (now === null ? `${name} ${before ?? ''} is gone` : before === null ? `${name} ${now} is new` : `${name} ${before} → ${now}`));
  return [...shown, ...(changes.length > MOST ? [`${changes.length - MOST} more`] : [])].join(', ');
}
