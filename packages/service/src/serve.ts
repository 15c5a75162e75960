// The service: an HTTP server on loopback or a unix socket that upgrades to JSON-RPC, for the editors of one user.

import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { EDITOR_PROTOCOL, MAX_FRAME_BYTES, type Listening, type Welcome } from '@headwater/protocol';
import { bridgeFolder, ENGINE_VERSION } from '@headwater/engine';
import { createMessageConnection } from 'vscode-jsonrpc/node';
import { WebSocketServer } from 'ws';
import { judge, type Verdict } from './access/guard.ts';
import { Places } from './access/places.ts';
import { Tickets } from './access/tickets.ts';
import { makePrivateFolder, readToken, requirePrivate } from './access/token.ts';
import { Log, logFolder } from './log.ts';
import { RecentRuns, type Context } from './methods/context.ts';
import { Watchers } from './runs/watchers.ts';
import { Session } from './session.ts';
import { TableWorkers } from './tables/table-workers.ts';
import { SocketReader, SocketWriter } from './transport/socket.ts';

export interface ServeOptions {
  readonly roots: readonly string[];
  readonly store: string | null;
  readonly python: string | null;
  /** A unix socket in a folder of mode 0700, or null for a port. */
  readonly socket: string | null;
  /** 0 for any free one. */
  readonly port: number;
  /** Null: a new one is made in a folder of its own. */
  readonly tokenFile: string | null;
  readonly readOnly: boolean;
  readonly runProcess: readonly [string, ...string[]];
}

export interface Service {
  readonly listening: Listening;
  close(): Promise<void>;
}

/** Throws UserError for a socket or a token that others could reach. */
export async function serve(options: ServeOptions): Promise<Service> {
  const made = options.tokenFile === null ? makePrivateFolder() : null;
  const tokenFile = made?.tokenFile ?? options.tokenFile ?? '';
  const token = readToken(tokenFile);
  const places = new Places(options);
  const context: Context = {
    places, watchers: new Watchers(), log: new Log(logFolder(process.env)), user: os.userInfo().username,
    runProcess: options.runProcess, store: options.store, python: options.python, recent: new RecentRuns(), tables: new TableWorkers(),
  };
  const welcome: Welcome = {
    protocol: EDITOR_PROTOCOL, engine: ENGINE_VERSION, roots: places.roots, bridge: bridgeFolder(), host: os.hostname(), user: context.user, readOnly: options.readOnly,
  };
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  const tickets = new Tickets();
  const portOf = () => { const address = server.address(); return typeof address === 'object' && address !== null ? address.port : null; };
  const decide = (request: IncomingMessage): Verdict => judge({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, port: portOf() }, token);
  server.on('request', (request, response) => {
    const verdict = decide(request);
    request.resume();
    if (verdict.allow === 'probe') response.writeHead(200, TEXT).end('headwater');
    else if (verdict.allow === 'ticket') response.writeHead(201, JSON_TYPE).end(JSON.stringify({ ticket: tickets.issue(Date.now()) }));
    else response.writeHead(verdict.allow === null ? verdict.status : 404, TEXT).end(note(context.log, verdict));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const verdict = decide(request);
    socket.on('error', () => undefined);
    if (verdict.allow !== 'socket') {
      socket.end(`HTTP/1.1 ${verdict.allow === null ? verdict.status : 404} Refused\r\nConnection: close\r\n\r\n${note(context.log, verdict)}`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('error', () => undefined);
      const connection = createMessageConnection(new SocketReader(opened), new SocketWriter(opened));
      new Session({ context, connection, welcome, proven: verdict.proven, useTicket: (ticket) => tickets.use(ticket, Date.now()) });
    });
  });
  await listen(server, options);
  context.log.write('listening', { engine: ENGINE_VERSION, node: process.version, socket: options.socket !== null });
  const close = async () => {
    context.watchers.close();
    context.tables.close();
    for (const client of sockets.clients) client.terminate();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
      // One that was just being upgraded belongs to neither list.
      setTimeout(resolve, PATIENCE_MS).unref();
    });
    if (made !== null) rmSync(made.folder, { recursive: true, force: true });
  };
  return { listening: { type: 'listening', protocol: EDITOR_PROTOCOL, socket: options.socket, port: portOf(), tokenFile }, close };
}

const PATIENCE_MS = 500;
const TEXT = { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' };
const JSON_TYPE = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function note(log: Log, verdict: Verdict): string {
  const reason = verdict.allow === null ? verdict.reason : 'path';
  log.write('refused', { reason });
  return `refused: ${reason}`;
}

async function listen(server: Server, options: ServeOptions): Promise<void> {
  if (options.socket !== null) {
    requirePrivate(path.dirname(options.socket));
    // One that a killed service left behind would be in the way for ever.
    rmSync(options.socket, { force: true });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (options.socket === null) server.listen(options.port, '127.0.0.1', resolve);
    else server.listen(options.socket, resolve);
  });
}
