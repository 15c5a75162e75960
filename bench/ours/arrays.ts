// Large arrays as Python text.

export const ARRAY_BYTES = 256 * 2 ** 20;

const NORMAL = (bytes: number) => `np.random.default_rng(1).standard_normal(${bytes / 8})`;

/** `np` must be there. As in limits/arrays.py. */
export function makeArray(kind: 'normal' | 'walk', bytes: number = ARRAY_BYTES): string {
  return kind === 'normal' ? NORMAL(bytes) : `np.round(np.cumsum(${NORMAL(bytes)}), 2)`;
}
