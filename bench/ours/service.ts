// The service as an editor starts it, and a connection to it.

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import 'vscode-jsonrpc/node';
import { OWN_HEADER, PATHS, type Listening } from '@headwater/protocol';
import { WebSocket } from 'ws';
import { Link } from '../../packages/panels/src/client/link.ts';

export interface OpenService {
  readonly link: Link;
  readonly end: () => void;
}

export async function openService(command: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<OpenService> {
  const [program = '', ...args] = command;
  const child: ChildProcess = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('the service has no output');
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise<string>((resolve) => lines.once('line', resolve));
  const { port, tokenFile } = JSON.parse(first) as Listening;
  const headers = { authorization: `Bearer ${readFileSync(tokenFile, 'utf8')}`, [OWN_HEADER]: '1' };
  const link = new Link(() => new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port ?? 0}/${PATHS.rpc}`, { headers });
    socket.once('open', () => resolve({ socket, ticket: null }));
    socket.once('error', reject);
  }), 'bench');
  return { link, end: () => { link.close(); child.kill(); } };
}
