// Ctrl-C, counted from the first moment on: a run that is just starting must hear of it as soon as it can be told.

export class Interrupts {
  #count = 0;
  #act: ((count: number) => void) | null = null;

  readonly #hear = () => {
    this.#count += 1;
    this.#act?.(this.#count);
  };

  constructor() {
    process.on('SIGINT', this.#hear);
  }

  /** From now on Ctrl-C is somebody else's. */
  close(): void {
    process.off('SIGINT', this.#hear);
  }

  get any(): boolean {
    return this.#count > 0;
  }

  /** What to do from now on, and at once when it has come already. */
  listen(act: (count: number) => void): void {
    this.#act = act;
    if (this.#count > 0) act(this.#count);
  }
}
