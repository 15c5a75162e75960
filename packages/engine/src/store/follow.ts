// Reading a log while somebody writes it.

import { eventsKey, upgradeEvent, type Event } from '@headwater/protocol';
import type { Store } from './store.ts';

/**
 * Whole lines of a log from the beginning, and on as it grows, until the signal aborts. A line cut off in the middle is not given out:
 * either its writer is still at it or it died there.
 */
export async function* followLines(store: Store, key: string, signal: AbortSignal): AsyncGenerator<string> {
  let offset = 0;
  let rest = '';
  const decoder = new TextDecoder();
  let wake: () => void = () => undefined;
  let changed = false;
  store.watch(key, () => {
    changed = true;
    wake();
  }, signal);
  signal.addEventListener('abort', () => wake(), { once: true });
  while (!signal.aborted) {
    changed = false;
    const bytes = await store.readLog(key, offset);
    if (bytes !== null && bytes.length > 0) {
      offset += bytes.length;
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    // A look gives all there is: what was written since then was told.
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (changed || signal.aborted) resolve();
    });
  }
}

/** All whole lines there are now. */
export async function readLines(store: Store, key: string): Promise<string[]> {
  const bytes = await store.readLog(key, 0);
  if (bytes === null) return [];
  const lines = new TextDecoder().decode(bytes).split('\n');
  lines.pop();
  return lines;
}

/** An event line, or null for one that is cut or damaged: the rest of the log stays readable. */
function parseEvent(line: string): Event | null {
  try {
    const value = JSON.parse(line) as Event;
    return typeof value.n === 'number' && typeof value.type === 'string' ? upgradeEvent(value) : null;
  } catch {
    return null;
  }
}

export async function readEvents(store: Store, flow: string, number: number): Promise<Event[]> {
  return (await readLines(store, eventsKey(flow, number))).map(parseEvent).filter((event) => event !== null);
}

/** Events of a run up to its end, or until the signal aborts. */
export async function* followEvents(store: Store, flow: string, number: number, signal: AbortSignal): AsyncGenerator<Event> {
  const inner = new AbortController();
  const stop = () => inner.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of followLines(store, eventsKey(flow, number), inner.signal)) {
      const event = parseEvent(line);
      if (event === null) continue;
      yield event;
      if (event.type === 'run-ended') return;
    }
  } finally {
    inner.abort();
    signal.removeEventListener('abort', stop);
  }
}
