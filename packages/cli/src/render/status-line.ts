// One live line at the bottom of a terminal; nothing where there is no terminal.

import type { WriteStream } from 'node:tty';
import { isSetupName } from '@headwater/protocol';
import type { RunState } from '@headwater/engine';
import { formatDuration } from './numbers.ts';

const FRAME_MS = 100;
const CLEAR = '\r\x1b[K';

export class StatusLine {
  readonly #stream: WriteStream;
  readonly #timer: NodeJS.Timeout | null;
  readonly #since = new Map<string, number>();
  #state: RunState | null = null;

  constructor(stream: WriteStream) {
    this.#stream = stream;
    this.#timer = stream.isTTY ? setInterval(() => this.#draw(), FRAME_MS) : null;
  }

  /** Writes text that stays, above the line. */
  print(text: string): void {
    if (text === '') return;
    if (this.#timer !== null) this.#stream.write(CLEAR);
    this.#stream.write(text);
    this.#draw();
  }

  set(state: RunState): void {
    this.#state = state;
    for (const step of state.steps) {
      if (step.status !== 'running') this.#since.delete(step.plan.name);
      else if (!this.#since.has(step.plan.name)) this.#since.set(step.plan.name, Date.now());
    }
  }

  close(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#stream.write(CLEAR);
  }

  #draw(): void {
    if (this.#timer === null || this.#state === null) return;
    const state = this.#state;
    const steps = state.steps.filter((step, position) => !isSetupName(step.plan.name) && (state.chains[position] ?? []).every((opener) => opener === position));
    const done = steps.filter(({ status }) => ['done', 'reused', 'caught', 'skipped'].includes(status)).length;
    const running = [...this.#since].filter(([name]) => !isSetupName(name)).map(([name, since]) => `${name}${progressOf(state, name)} ${formatDuration(Date.now() - since)}`);
    const text = `${done} of ${steps.length}${running.length > 0 ? ` · ${running.join(', ')}` : ''}`;
    this.#stream.write(`${CLEAR}${text.slice(0, Math.max(20, this.#stream.columns - 1))}`);
  }
}

/** `30 of 100`, or `30` of nobody knows how many. */
function describeProgress({ done, total }: { done: number; total: number | null }): string {
  return total === null ? String(done) : `${done} of ${total}`;
}

/** Of a foreach how many branches are over, of a loop which time it is. */
function progressOf(state: RunState, name: string): string {
  const step = state.steps[state.positions.get(name) ?? -1];
  if (step?.fan == null) return `${step?.plan.control.until == null ? '' : `@${step.iteration}`}${step?.current?.progress == null ? '' : ` ${describeProgress(step.current.progress)}`}`;
  const { fan } = step;
  return ` ${fan.opened - fan.open.length} of ${fan.elements.count}${fan.failed > 0 ? `, ${fan.failed} failed` : ''}`;
}
