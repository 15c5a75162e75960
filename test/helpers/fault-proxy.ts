// Between a client and an S3 server: breaks chosen answers in ways networks and services do. The request itself goes through unchanged.

import http from 'node:http';
import type net from 'node:net';
import { text } from 'node:stream/consumers';

/** What becomes of one request: `null` passes it on; `lost` carries it out and drops the answer; a number answers instead of the server, and so does a refusal by its name. */
export type Fault = (request: http.IncomingMessage) => null | 'lost' | number | Refusal;

export interface Refusal {
  readonly status: number;
  readonly code: string;
}

export interface FaultProxy {
  readonly endpoint: string;
  end(): Promise<void>;
}

export async function startFaultProxy(target: string, fault: Fault): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const server = http.createServer((request, response) => {
    const verdict = fault(request);
    if (verdict !== null && verdict !== 'lost') {
      const { status, code } = typeof verdict === 'number' ? { status: verdict, code: CODES[verdict] ?? 'InternalError' } : verdict;
      void text(request).then(() => {
        if (status < 300) {
          response.writeHead(status, { etag: '"asked-for"' });
          response.end();
          return;
        }
        response.writeHead(status, { 'content-type': 'application/xml' });
        response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>asked for</Message></Error>`);
      });
      return;
    }
    // The Host header stays: it is part of what is signed.
    const onward = http.request({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      if (verdict === 'lost') {
        answer.resume().on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => request.socket.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    end: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

const CODES: Readonly<Record<number, string>> = { 403: 'AccessDenied', 409: 'ConditionalRequestConflict', 503: 'SlowDown' };
