// Where things stand in a store. The same keys on disk and in S3, and in the Python package (store/layout.py).

/** Longest part of a key in bytes: file systems allow 255, a suffix must fit. */
const PART_BYTES = 180;
const NUMBER_DIGITS = 8;
const NEWEST_FIRST = 10 ** NUMBER_DIGITS - 1;
const SAFE = /[^\p{L}\p{N}_\-.@,[\]=+]/gu;

/** A name as one part of a key: separators and control characters percent-encoded, an overlong name cut and told apart by a digest. */
export function keyPart(name: string): string {
  const part = name.normalize('NFC').replace(SAFE, (text) => [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  const safe = part.startsWith('.') ? `%2e${part.slice(1)}` : part;
  const bytes = new TextEncoder().encode(safe);
  if (bytes.length <= PART_BYTES) return safe;
  const cut = new TextDecoder().decode(bytes.slice(0, PART_BYTES - 12)).replace(/\ufffd+$/u, '');
  return `${cut}~${fnv(safe)}`;
}

/** FNV-1a, 32 bits: enough to tell two long names of one folder apart, and the same few lines in Python. */
function fnv(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

const digits = (number: number) => String(number).padStart(NUMBER_DIGITS, '0');

export const FORMAT_KEY = 'format.json';
/** What the store held when it was measured last. */
export const SIZE_KEY = 'size.json';
export const FLOWS_PREFIX = 'flows/';

export const flowPrefix = (flow: string) => `${FLOWS_PREFIX}${keyPart(flow)}/`;
export const flowKey = (flow: string) => `${flowPrefix(flow)}flow.json`;
export const lastNumberKey = (flow: string) => `${flowPrefix(flow)}last`;
export const runPrefix = (flow: string, number: number) => `${flowPrefix(flow)}runs/${digits(number)}`;
export const recordKey = (flow: string, number: number) => `${runPrefix(flow, number)}/run.json`;
export const eventsKey = (flow: string, number: number) => `${runPrefix(flow, number)}/events.jsonl`;
export const environmentKey = (flow: string, number: number) => `${runPrefix(flow, number)}/environment.json`;
/** Of steps that have an environment for themselves. */
export const ownEnvironmentKey = (flow: string, number: number, id: string) => `${runPrefix(flow, number)}/environments/${id}.json`;
export const stopKey = (flow: string, number: number) => `${runPrefix(flow, number)}/stop`;
export const manifestKey = (flow: string, number: number, attempt: string) => `${runPrefix(flow, number)}/tasks/${keyPart(attempt)}.json`;
export const outputKey = (flow: string, number: number, attempt: string) => `${runPrefix(flow, number)}/tasks/${keyPart(attempt)}.log`;
export const summariesPrefix = (flow: string) => `${flowPrefix(flow)}summaries/`;
/** `prefix` is a flow's. */
export const summaryKeyIn = (prefix: string, number: number) => `${prefix}summaries/${digits(NEWEST_FIRST - number)}.json`;
export const summaryKey = (flow: string, number: number) => summaryKeyIn(flowPrefix(flow), number);
export const tagsKey = (flow: string, number: number) => `${runPrefix(flow, number)}/tags.json`;
export const BLOBS_PREFIX = 'blobs/';
export const CODE_PREFIX = 'code/';
/** The number of the run a summary's key stands for; null for another key. */
export function summaryNumber(key: string): number | null {
  const found = /\/(\d{8})\.json$/.exec(key)?.[1];
  return found === undefined ? null : NEWEST_FIRST - Number(found);
}
/** Hash first: S3 spreads load by the beginning of a key. */
export const blobKey = (digest: string) => `blobs/${digest.slice(0, 2)}/${digest}`;
