// Tickets: a page proves by a request with the own header that it is ours; the socket, which cannot carry headers, shows the ticket.

import { randomBytes } from 'node:crypto';

/** A page that is still loading on a busy machine comes to use it half a minute after it was given. Nobody else can have it, and it is good once. */
const LIFETIME_MS = 300_000;
/** More waiting at once than any person opens windows. */
const MOST = 100;

export class Tickets {
  readonly #open = new Map<string, number>();

  issue(now: number): string {
    for (const [ticket, until] of this.#open) if (until < now || this.#open.size >= MOST) this.#open.delete(ticket);
    const ticket = randomBytes(24).toString('base64url');
    this.#open.set(ticket, now + LIFETIME_MS);
    return ticket;
  }

  /** Good once. */
  use(ticket: string, now: number): boolean {
    const until = this.#open.get(ticket);
    this.#open.delete(ticket);
    return until !== undefined && until >= now;
  }
}
