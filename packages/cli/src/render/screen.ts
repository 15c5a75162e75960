// What stands on the screen while a run goes on: lines that stay, and below them the status line.

import { outputKey, type Event, type Output } from '@headwater/protocol';
import type { RunState, Store } from '@headwater/engine';
import { branchesOver, tasksInOrder, type Shown } from './branches-over.ts';
import { attemptInTurn, closedNow } from './closing.ts';
import { describeEvent, describeSettled } from './events.ts';
import { outputText } from './outputs.ts';
import { StatusLine } from './status-line.ts';

export interface ScreenOptions {
  readonly store: Store;
  readonly flow: string;
  readonly number: number;
  readonly json: boolean;
}

export class Screen {
  readonly #options: ScreenOptions;
  readonly #status = new StatusLine(process.stdout);
  readonly #offsets = new Map<string, number>();
  #head: string | null = null;
  #next: string | null = null;
  /** Branches of the foreach under way whose output was shown. */
  #branches = 0;
  #work: Promise<void> = Promise.resolve();
  #isTailing = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
  }

  async show(before: RunState, state: RunState, event: Event): Promise<void> {
    if (this.#options.json) {
      process.stdout.write(`${JSON.stringify(event)}\n`);
      return;
    }
    for (const shown of this.#justOver(before, state)) await this.#print(shown);
    this.#status.print(describeEvent(before, state, event) + describeSettled(before, state));
    this.#status.set(state);
    this.#next = attemptInTurn(state);
  }

  /** Tasks whose output is due: of steps that were settled, and of branches that are over, in the order of their list. */
  #justOver(before: RunState, state: RunState): Shown[] {
    const branches = branchesOver(state, before.settled, this.#branches);
    this.#branches = state.settled === before.settled ? this.#branches + branches.count : 0;
    const iterations = state.steps[before.settled]?.past.slice(before.steps[before.settled]?.past.length ?? 0).map(({ id }): Shown => ({ attempt: id, head: '' })) ?? [];
    const closed = closedNow(before, state).flatMap(({ current }): Shown[] => (current === null ? [] : [{ attempt: current.id, head: '' }]));
    return [...branches.tasks, ...iterations, ...closed, ...(state.settled === before.settled ? [] : tasksInOrder(state, before.settled))];
  }

  /** Output of the step whose turn it is, as it comes; a look later, so that a guess found wrong as soon as its turn came shows nothing. */
  async tail(): Promise<void> {
    // A store far away answers later than the next look is due: looks must not queue up before what is to be shown.
    if (this.#isTailing) return;
    const head = this.#head;
    this.#head = this.#next;
    if (head === null || head !== this.#next || this.#options.json) return;
    this.#isTailing = true;
    // A store that refuses is told by whoever follows the log, in a sentence.
    await this.#print({ attempt: head, head: '' }).catch(() => undefined).finally(() => (this.#isTailing = false));
  }

  #print(shown: Shown): Promise<void> {
    // One after the other: two readers would print the same lines twice.
    const printed = this.#work.then(() => this.#printNow(shown));
    this.#work = printed.catch(() => undefined);
    return printed;
  }

  async #printNow({ attempt, head }: Shown): Promise<void> {
    const offset = this.#offsets.get(attempt) ?? 0;
    const bytes = await this.#options.store.readLog(outputKey(this.#options.flow, this.#options.number, attempt), offset);
    const end = bytes === null ? 0 : bytes.lastIndexOf(10) + 1;
    if (bytes === null || end === 0) return;
    this.#offsets.set(attempt, offset + end);
    const lines = new TextDecoder().decode(bytes.subarray(0, end)).split('\n').filter((line) => line !== '');
    this.#status.print(head + lines.map((line) => outputText(JSON.parse(line) as Output)).join(''));
  }

  close(): void {
    this.#status.close();
  }
}
