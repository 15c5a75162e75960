// A cell with its part in the flow.

import type { CellRole, Tag } from '@headwater/protocol';
import type { CellFacts } from '../facts/find-facts.ts';
import type { RawCell } from '../read/notebook.ts';

export interface AssignedCell {
  readonly raw: RawCell;
  /** Null for text. */
  readonly facts: CellFacts | null;
  readonly role: CellRole;
  /** The step it is tagged for. */
  readonly step: string | null;
  /** A `pipeline-metrics` cell: a small step whose name the flow gives. */
  readonly metrics: boolean;
  readonly tags: readonly Tag[];
}
