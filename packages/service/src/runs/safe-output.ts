// Outputs before they leave for an editor: made passive where somebody else made them, and cut to what a frame carries. Pure.

import { MAX_FRAME_BYTES, type Output } from '@headwater/protocol';

/** What cannot act, whoever wrote it. SVG is drawn as a picture only, where scripts in it do not run. */
const PASSIVE = new Set(['text/plain', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/json']);

/** One output may take so much of a frame; what is larger is loaded from the run instead. */
const MOST_BYTES = MAX_FRAME_BYTES / 4;
const MOST_TEXT = 65_536;

export function plainBundle(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([mime]) => PASSIVE.has(mime)));
}

export function plainOutput(output: Output): Output {
  return 'data' in output ? { ...output, data: plainBundle(output.data) } : output;
}

export function shrinkOutput(output: Output): Output {
  if (output.k === 'stream' && output.text.length > MOST_TEXT) {
    return { ...output, text: `${output.text.slice(0, MOST_TEXT)}\n… ${output.text.length - MOST_TEXT} more characters\n` };
  }
  return 'data' in output ? { ...output, data: shrinkBundle(output.data) } : output;
}

export function shrinkBundle(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fits = Object.entries(data).filter(([, value]) => JSON.stringify(value).length <= MOST_BYTES);
  const left = Object.keys(data).length - fits.length;
  return left === 0 || fits.some(([mime]) => mime !== 'text/plain') ? Object.fromEntries(fits) : { ...Object.fromEntries(fits), 'text/plain': `${textOf(data)}\n[too large to show here]` };
}

function textOf(data: Readonly<Record<string, unknown>>): string {
  const text = data['text/plain'];
  return typeof text === 'string' ? text.slice(0, MOST_TEXT) : '';
}
