// Telling that a run has ended, where `notify` in headwater.json says whom: a webhook gets one JSON object with the end of the log.

import { formatDuration, formatRunId, outputKey, type RunId, type Summary } from '@headwater/protocol';
import * as v from 'valibot';
import { parseOutputs } from '../history/outputs.ts';
import type { RunState } from '../run/state.ts';
import { readLines } from '../store/follow.ts';
import type { Store } from '../store/store.ts';

/** A server that does not answer must not keep a run from ending. */
const PATIENCE_MS = 10_000;
const LOG_LINES = 20;
const TEXT_CHARS = 4_000;

export const NotifySchema = v.strictObject({
  /** The URL, or `@env:VAR` where it is a secret. */
  webhook: v.string(),
  when: v.optional(v.picklist(['failed', 'always']), 'failed'),
});
export type Notify = v.InferOutput<typeof NotifySchema>;

interface Ended {
  readonly store: Store;
  readonly summary: Summary;
  readonly state: RunState;
}

/** Whatever goes wrong here is no matter of the run: it has ended. */
export async function notify(settings: Notify | null, ended: Ended, env: NodeJS.ProcessEnv): Promise<void> {
  if (settings === null || (settings.when === 'failed' && ended.summary.status === 'done')) return;
  const url = settings.webhook.startsWith('@env:') ? env[settings.webhook.slice(5)] ?? '' : settings.webhook;
  try {
    const body = JSON.stringify(await describe(ended));
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    // Nobody is there to hear of it.
  }
}

/** `text` is what chat services show; the rest is for programs. */
async function describe({ store, summary, state }: Ended): Promise<Record<string, unknown>> {
  const run = formatRunId(summary);
  const { failed, status } = summary;
  const what = failed === null ? '' : `: ${failed.task}: ${failed.failure.type}: ${failed.failure.message.split('\n')[0] ?? ''}`;
  const log = await endOfLog(store, summary, state);
  const took = formatDuration((summary.ended ?? summary.started) - summary.started);
  return { text: `${run} ${status} after ${took}${what}`.slice(0, TEXT_CHARS), run, status, notebook: summary.notebook, started: summary.started, ended: summary.ended, failed: failed?.task ?? null, log };
}

/** Of the step that failed, else of the last one. */
async function endOfLog(store: Store, { flow, number }: RunId, state: RunState): Promise<string> {
  const steps = state.steps.slice(0, state.closing);
  const step = steps.findLast(({ status, current }) => status === 'failed' && current !== null) ?? steps.findLast(({ current }) => current !== null);
  if (step?.current == null) return '';
  const outputs = parseOutputs(await readLines(store, outputKey(flow, number, step.current.id)));
  const text = outputs.map((output) => (output.k === 'stream' ? output.text : output.k === 'error' ? `${output.ename}: ${output.evalue}\n` : '')).join('');
  return text.split('\n').slice(-LOG_LINES).join('\n').slice(-TEXT_CHARS);
}
