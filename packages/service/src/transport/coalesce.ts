// Many changes, few messages: the newest state at once, then at most one in every interval.

export class Coalescer {
  readonly #everyMs: number;
  readonly #tell: () => void;
  #last = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(everyMs: number, tell: () => void) {
    this.#everyMs = everyMs;
    this.#tell = tell;
  }

  changed(): void {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#last + this.#everyMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#last = performance.now();
      this.#tell();
    }, wait);
  }

  /** What is still waiting is not told. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
