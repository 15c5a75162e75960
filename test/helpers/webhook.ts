// Whom a project wants told when a run has ended: a server that keeps what it is told.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Webhook {
  readonly url: string;
  /** The texts, as a chat would show them. */
  readonly texts: readonly string[];
}

export async function listenForRuns(): Promise<Webhook> {
  const texts: string[] = [];
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (part: Buffer) => { body += part.toString(); });
    request.on('end', () => {
      texts.push((JSON.parse(body) as { text: string }).text);
      reply.end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, texts };
}
