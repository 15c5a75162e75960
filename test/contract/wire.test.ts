// A recorded conversation with a worker, read by the engine's codecs; the Python half holds a real worker to the same file.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeText, FromWorkerSchema, ToWorkerSchema } from '@headwater/protocol';

type Message = { readonly type: string; readonly id?: string };
const golden = JSON.parse(readFileSync(new URL('wire.json', import.meta.url), 'utf8')) as { toWorker: Message[]; fromWorker: Message[] };
const named = (messages: readonly Message[]) => messages.map((message): [string, Message] => [`${message.type} ${message.id ?? ''}`.trim(), message]);

describe('engine → worker', () => {
  it.each(named(golden.toWorker))('%s', (_, message) => expect(decodeText(ToWorkerSchema, JSON.stringify(message), 'it')).toEqual(message));
});

describe('worker → engine', () => {
  it.each(named(golden.fromWorker))('%s', (_, message) => expect(decodeText(FromWorkerSchema, JSON.stringify(message), 'it')).toEqual(message));
});
