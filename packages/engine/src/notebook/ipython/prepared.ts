// A cell on its way from notebook text to plain Python, line by line.

/** A line that installs packages: it never runs in a flow. */
export interface PipLine {
  readonly line: number;
  readonly text: string;
  /** What it would install, as `pip:` tags want it. */
  readonly packages: readonly string[];
}

export interface Prepared {
  /** Plain Python, line for line the cell. */
  readonly python: string;
  /** Columns that were cut from the beginning of a line; -1 where the line was written anew. */
  readonly shifts: ReadonlyMap<number, number>;
  /** Lines whose statements bind nothing that lasts: `%timeit`. */
  readonly apart: ReadonlySet<number>;
  readonly pips: readonly PipLine[];
}

export class Draft {
  readonly lines: string[];
  readonly shifts = new Map<number, number>();
  readonly apart = new Set<number>();
  readonly pips: PipLine[] = [];

  constructor(source: string) {
    this.lines = source.split(/\r?\n/);
  }

  /** Takes columns away from the beginning of a line. */
  cut(line: number, columns: number): void {
    this.lines[line] = (this.lines[line] ?? '').slice(columns);
    if (columns > 0) this.shifts.set(line, (this.shifts.get(line) ?? 0) + columns);
  }

  /** New text for lines `from` up to `to`: the first gets it, the rest stay as empty ones. */
  write(from: number, to: number, text: string): void {
    for (let line = from; line <= to; line += 1) this.lines[line] = '';
    this.lines[from] = text;
    this.shifts.set(from, -1);
  }

  finish(): Prepared {
    return { python: this.lines.join('\n'), shifts: this.shifts, apart: this.apart, pips: this.pips };
  }
}
