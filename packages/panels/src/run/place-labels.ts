// Where the names on the edges stand: in the gaps between the ranks, beside their line, never on one another. Pure.

/** A place that would do: the gap below that rank, and the left edge. */
export interface Spot {
  readonly gap: number;
  readonly x: number;
}

export interface Label {
  readonly width: number;
  /** Best first. */
  readonly spots: readonly Spot[];
}

export interface PlacedLabel extends Spot {
  /** From 0: further ones stand below, and the gap is as much higher. */
  readonly row: number;
}

const APART = 4;

/** In the order given: each takes its best spot that is free, in the first row that has one. */
export function placeLabels(labels: readonly Label[]): PlacedLabel[] {
  const taken: (PlacedLabel & { readonly width: number })[] = [];
  return labels.map(({ width, spots }) => {
    const isFree = ({ gap, x }: Spot, row: number) => taken.every((other) => other.gap !== gap || other.row !== row || x + width + APART <= other.x || other.x + other.width + APART <= x);
    for (let row = 0; ; row += 1) {
      const spot = spots.find((each) => isFree(each, row));
      if (spot === undefined) continue;
      const placed = { ...spot, row };
      taken.push({ ...placed, width });
      return placed;
    }
  });
}
