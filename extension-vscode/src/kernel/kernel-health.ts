// What the states of a kernel mean for what is asked of it. Pure. A dead kernel answers nothing and says so nowhere: whoever waits for it would wait for ever.

/** A restart passes through `dead` on its way. */
export class KernelHealth {
  #restarting = false;
  #dead = false;

  constructor(status: string) {
    this.see(status);
  }

  /** Returns what this state means: everything in the kernel is gone, or it will not answer any more. */
  see(status: string): { readonly lost: boolean; readonly dead: boolean } {
    const lost = status === 'restarting' || status === 'autorestarting';
    if (lost) this.#restarting = true;
    const gone = status === 'terminating' || status === 'unknown' || (status === 'dead' && !this.#restarting);
    if (['starting', 'idle', 'busy'].includes(status)) this.#restarting = false;
    this.#dead = gone;
    return { lost: lost || gone, dead: gone };
  }

  get dead(): boolean {
    return this.#dead;
  }
}
