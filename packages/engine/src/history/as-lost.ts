// A run whose process died without a word.

import type { Summary } from '@headwater/protocol';
import { isAlive } from '../launch/owner.ts';

/** Lost, whatever its summary last said. */
export function asLost(summary: Summary): Summary {
  return summary.status === 'running' && isAlive(summary.owner) === false ? { ...summary, status: 'lost' } : summary;
}
