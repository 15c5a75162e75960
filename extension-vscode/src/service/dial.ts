// The way from the extension host to the service: a socket on loopback, with the token in its first request.

import { WebSocket } from 'ws';
import { OWN_HEADER, PATHS } from '@headwater/protocol';
import type { Dial } from '@headwater/panels';
import type { Engine } from './engine.ts';

export function dialEngine(engine: Engine): Dial {
  return async () => {
    const { port, token } = await engine.address();
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/${PATHS.rpc}`, { headers: { authorization: `Bearer ${token}`, [OWN_HEADER]: '1' } });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    // Without a listener an error of a socket would end the extension host.
    socket.on('error', () => undefined);
    return { socket, ticket: null };
  };
}
