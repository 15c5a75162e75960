// The way to the service: through the Jupyter server's proxy, under whatever address that has.

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { Dial } from '@headwater/panels';
import { OWN_HEADER, PATHS, type Problem } from '@headwater/protocol';

const PROXY = 'headwater';
/** What the server answers where it cannot start the engine. */
const NO_START = 500;

export function dialThrough(settings: ServerConnection.ISettings): Dial {
  return async () => {
    const url = URLExt.join(settings.baseUrl, PROXY, PATHS.ticket);
    const response = await ServerConnection.makeRequest(url, { method: 'POST', headers: { [OWN_HEADER]: '1' } }, settings);
    if (!response.ok) throw Object.assign(new Error(`the service answered ${String(response.status)}`), { problem: response.status === NO_START ? await readTrouble(settings) : null });
    const { ticket } = await response.json() as { ticket: string };
    // No token in the address: the proxy would write it into the server's log. The browser's cookie is enough.
    const socket = new settings.WebSocket(URLExt.join(settings.wsUrl, PROXY, PATHS.rpc));
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true });
      socket.addEventListener('error', () => reject(new Error('the socket did not open')), { once: true });
    });
    return { socket, ticket };
  };
}

/** Why it cannot; null where the server does not know either. */
async function readTrouble(settings: ServerConnection.ISettings): Promise<Problem | null> {
  const response = await ServerConnection.makeRequest(URLExt.join(settings.baseUrl, 'headwater-trouble'), {}, settings);
  return response.ok ? (await response.json() as { problem: Problem }).problem : null;
}
