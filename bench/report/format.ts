// Numbers as a person reads them. A figure's name may end in its unit: `memory (MB)`; without one it is milliseconds.

export interface Named {
  readonly label: string;
  readonly unit: string;
}

export function splitUnit(figure: string): Named {
  const [, label, unit] = /^(.*) \(([^()]+)\)$/.exec(figure) ?? [];
  return label === undefined || unit === undefined ? { label: figure, unit: 'ms' } : { label, unit };
}

export function formatValue(value: number, unit: string): string {
  if (unit === 'ms' && value >= 10_000) return `${(value / 1_000).toFixed(1)} s`;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit === 'x' ? 'x' : ` ${unit}`}`;
}
