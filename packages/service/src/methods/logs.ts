// Logs by range: bytes of the file, whole lines, never more than a frame carries.

import { attemptKey, outputKey, parseAttemptKey, type LogHits, type LogPart, type Output, type Params } from '@headwater/protocol';
import { parseOutputs, type Store } from '@headwater/engine';
import { isForeign } from '../access/foreign.ts';
import { plainOutput, shrinkOutput } from '../runs/safe-output.ts';
import { findRun, type Context } from './context.ts';

const NEWLINE = 10;
const MOST_HITS = 500;
const PIECE_BYTES = 1 << 20;
const LONGEST_LINE = 300;

export async function logs(context: Context, params: Params<'logs'>): Promise<LogPart> {
  const found = await findRun(context, params);
  const { task, attempt } = parseAttemptKey(params.attempt);
  const key = outputKey(found.id.flow, found.id.number, attemptKey(task, attempt));
  const size = (await found.store.logSize(key)) ?? 0;
  const start = params.from < 0 ? Math.max(0, size + params.from) : params.from;
  const part = await readLinesAt(found.store, key, { start, bytes: params.bytes, fromEnd: params.from < 0 });
  const foreign = isForeign(found.record, context.user);
  const frames = parseOutputs(part.lines).map((frame) => shrinkOutput(foreign ? plainOutput(frame) : frame));
  const state = found.folded.timeline.attempt(params.attempt);
  return { frames, first: part.first, next: part.next, size, ended: found.summary.status !== 'running' || state?.executed != null };
}

interface Range {
  readonly start: number;
  readonly bytes: number;
  /** The start was counted from the end: it may stand in the middle of a line, which is left out. */
  readonly fromEnd: boolean;
}

async function readLinesAt(store: Store, key: string, { start, bytes, fromEnd }: Range): Promise<{ lines: string[]; first: number; next: number }> {
  let length = bytes;
  for (;;) {
    const piece = await store.readLog(key, start, length);
    if (piece === null || piece.length === 0) return { lines: [], first: start, next: start };
    const skip = fromEnd && start > 0 ? piece.indexOf(NEWLINE) + 1 : 0;
    const end = piece.lastIndexOf(NEWLINE) + 1;
    if (end > skip) return { lines: new TextDecoder().decode(piece.subarray(skip, end)).split('\n').slice(0, -1), first: start + skip, next: start + end };
    // One line is longer than was asked for: a large picture. Or its writer is still at it.
    if (piece.length < length) return { lines: [], first: start, next: start };
    length *= 4;
  }
}

export async function searchLogs(context: Context, params: Params<'searchLogs'>): Promise<LogHits> {
  const { store, id } = await findRun(context, params);
  const { task, attempt } = parseAttemptKey(params.attempt);
  const key = outputKey(id.flow, id.number, attemptKey(task, attempt));
  const words = params.words.toLowerCase();
  const hits: LogHits['hits'][number][] = [];
  for (let start = 0; ;) {
    const part = await readLinesAt(store, key, { start, bytes: PIECE_BYTES, fromEnd: false });
    if (part.lines.length === 0) return { hits, more: false };
    let offset = part.first;
    for (const line of part.lines) {
      const found = parseOutputs([line]).flatMap(textOf).find((text) => text.toLowerCase().includes(words));
      if (found !== undefined) hits.push({ offset, line: found.slice(0, LONGEST_LINE) });
      if (hits.length >= MOST_HITS) return { hits, more: true };
      offset += Buffer.byteLength(line) + 1;
    }
    start = part.next;
  }
}

function textOf(frame: Output): string[] {
  if (frame.k === 'stream') return frame.text.split('\n');
  if (frame.k === 'error') return frame.traceback.flatMap((part) => part.split('\n'));
  const text = 'data' in frame ? frame.data['text/plain'] : null;
  return typeof text === 'string' ? text.split('\n') : [];
}
