// The service as an editor meets it: the real command, a real socket, the token from its file.

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import 'vscode-jsonrpc/node';
import { WebSocket } from 'ws';
import { OWN_HEADER, type Listening } from '@headwater/protocol';
import { Link } from '@headwater/panels';
import { BIN, Project } from './project.ts';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export class TestService {
  readonly project: Project;
  readonly child: ChildProcess;
  readonly listening: Listening;
  readonly token: string;

  private constructor(project: Project, child: ChildProcess, listening: Listening) {
    this.project = project;
    this.child = child;
    this.listening = listening;
    this.token = readFileSync(listening.tokenFile, 'utf8');
  }

  static async start(project: Project, ...more: string[]): Promise<TestService> {
    const child = spawn(process.execPath, [BIN, 'serve', '--root', project.folder, ...more], { env: { ...project.env, XDG_STATE_HOME: path.join(project.folder, '..', 'state'), XDG_CACHE_HOME: path.join(project.folder, '..', 'cache') }, stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('close', (code) => reject(new Error(`the service ended with ${String(code)}`)));
    });
    const service = new TestService(project, child, JSON.parse(line) as Listening);
    onTestFinished(async () => {
      await service.end();
    });
    return service;
  }

  get origin(): string {
    return `127.0.0.1:${this.listening.port ?? 0}`;
  }

  /** A connection as VS Code's extension host makes it: the token and the own header with the upgrade. */
  link(): Link {
    const link = new Link(async () => ({ socket: await this.open({ authorization: `Bearer ${this.token}`, [OWN_HEADER]: '1' }), ticket: null }), 'test');
    onTestFinished(() => link.close());
    return link;
  }

  /** Rejects with the status of a refused upgrade. */
  open(headers: Record<string, string>, at = '/rpc'): Promise<WebSocket> {
    const socket = new WebSocket(`ws://${this.origin}${at}`, { headers });
    onTestFinished(() => socket.terminate());
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket));
      socket.once('unexpected-response', (_, response) => reject(new Error(String(response.statusCode))));
      socket.once('error', reject);
    });
  }

  ask(method: string, at: string, headers: Record<string, string>): Promise<Reply> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.listening.port ?? 0, path: at, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      }).on('error', reject).end();
    });
  }

  async end(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const ended = new Promise<number | null>((resolve) => this.child.once('close', resolve));
    this.child.kill();
    return ended;
  }
}
