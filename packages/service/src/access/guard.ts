// Who may come in: decided from an HTTP request's facts alone, before anything of it is read.

import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { OWN_HEADER, PATHS } from '@headwater/protocol';

export interface Asked {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The port this service listens on, or null for a unix socket. */
  readonly port: number | null;
}

export type Verdict =
  | { readonly allow: 'probe' | 'ticket' }
  /** `proven`: the request carries the own header, which no foreign page can send. */
  | { readonly allow: 'socket'; readonly proven: boolean }
  | { readonly allow: null; readonly status: number; readonly reason: string };

const refuse = (status: number, reason: string): Verdict => ({ allow: null, status, reason });

export function judge(asked: Asked, token: string): Verdict {
  const { method, url, headers } = asked;
  // Whether anything listens is no secret: a proxy asks this before it knows the token.
  if (method === 'GET' && url === '/' && headers.upgrade === undefined) return { allow: 'probe' };
  if (!isHostOurs(asked)) return refuse(403, 'host');
  if (!isOriginOurs(headers)) return refuse(403, 'origin');
  if (!isTokenRight(headers, token)) return refuse(401, 'token');
  return findDoor(asked);
}

function findDoor({ method, url, headers }: Asked): Verdict {
  const own = headers[OWN_HEADER] === '1';
  // JupyterLab adds the time to an address so that no cache answers; nothing is read from a query.
  const path = url.split('?', 1)[0];
  if (method === 'POST' && path === `/${PATHS.ticket}`) return own ? { allow: 'ticket' } : refuse(403, 'header');
  if (method === 'GET' && path === `/${PATHS.rpc}` && headers.upgrade?.toLowerCase() === 'websocket') return { allow: 'socket', proven: own };
  return refuse(404, 'path');
}

/** A name that somebody else's DNS points to this machine is not ours. Behind a socket the proxy has looked at it. */
function isHostOurs({ headers, port }: Asked): boolean {
  return port === null || [`127.0.0.1:${port}`, `localhost:${port}`].includes(headers.host ?? '');
}

/** Browsers always send an Origin with a socket and with a POST; programs send none. */
function isOriginOurs(headers: IncomingHttpHeaders): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin';
  const forwarded = headers['x-forwarded-host'];
  const hosts = [headers.host, typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : undefined];
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}

function isTokenRight(headers: IncomingHttpHeaders, token: string): boolean {
  const given = /^Bearer (?<token>\S+)$/.exec(headers.authorization ?? '')?.groups?.['token'] ?? '';
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
