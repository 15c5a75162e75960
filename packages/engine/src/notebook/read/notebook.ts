// A notebook as the rest sees it, whatever file it came from.

export interface RawCell {
  /** Position among all cells, text included. */
  readonly index: number;
  readonly id: string | null;
  readonly type: 'code' | 'text';
  readonly source: string;
  readonly tags: readonly string[];
}

export interface Notebook {
  readonly cells: readonly RawCell[];
  /** What stands under `headwater` in the notebook's metadata. */
  readonly settings: Settings;
  /** Kale made it: an untagged cell joins the cell above. */
  readonly isKale: boolean;
}

export interface Settings {
  readonly name: string | null;
  /** Tags for every step. */
  readonly defaults: readonly string[];
  readonly schedule: string | null;
}
