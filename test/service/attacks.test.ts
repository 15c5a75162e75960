// What somebody who is not this user's editor may try, each refused; and hostile data, which arrives as data.

import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EDITOR_PROTOCOL, MAX_FRAME_BYTES, OWN_HEADER, type Answer, type Params } from '@headwater/protocol';
import type { Link } from '@headwater/panels';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { notebookText } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';
import { TestService } from '../helpers/service.ts';

const REQUEST = { text: null, parameters: {}, python: null, to: null, failFast: false };

async function open(): Promise<{ project: Project; service: TestService }> {
  const project = new Project();
  return { project, service: await TestService.start(project, '--python', `${project.env['VIRTUAL_ENV'] ?? ''}/bin/python`) };
}

/** A run to its end, asked for as an editor does. */
async function runOnce(link: Link, notebook: string): Promise<{ store: string; run: string }> {
  const reply = await link.call('start', { notebook, tags: [], ...REQUEST });
  if (reply.type === 'refused') throw new Error(reply.problem.sentence);
  const { store, run } = reply;
  await expect.poll(async () => (await link.call('run', { store, run })).status, { timeout: 60_000 }).not.toBe('running');
  return { store, run };
}

test('who may open a socket or get a ticket', async () => {
  const { service } = await open();
  const { origin, token } = service;
  const right = { authorization: `Bearer ${token}` };
  const own = { ...right, [OWN_HEADER]: '1' };
  const upgrade = (headers: Record<string, string>) => service.open(headers).then(() => 'open', (error: unknown) => (error as Error).message);
  const ask = async (method: string, at: string, headers: Record<string, string>) => (await service.ask(method, at, headers)).status;
  expect({
    'no token': await upgrade({}),
    'wrong token': await upgrade({ authorization: `Bearer ${token.slice(0, -1)}x` }),
    'token in the address': await service.open({}, `/rpc?token=${token}`).catch((error: unknown) => (error as Error).message),
    'foreign origin': await upgrade({ ...right, origin: 'https://evil.example' }),
    'another port of the same host': await upgrade({ ...right, origin: `http://127.0.0.1:${(service.listening.port ?? 0) + 1}` }),
    'origin null, as a sandboxed frame sends': await upgrade({ ...right, origin: 'null' }),
    'name of another host (DNS rebinding)': await upgrade({ ...right, host: 'evil.example' }),
    'own origin': await upgrade({ ...right, origin: `http://${origin}` }),
    'ticket without the own header': await ask('POST', '/ticket', right),
    'ticket from another port (CSRF)': await ask('POST', '/ticket', { ...own, origin: 'http://127.0.0.1:1' }),
    'ticket from a page of another site': await ask('POST', '/ticket', { ...own, 'sec-fetch-site': 'cross-site' }),
    'ticket by GET': await ask('GET', '/ticket', own),
    'preflight': await ask('OPTIONS', '/ticket', { origin: 'https://evil.example', 'access-control-request-headers': OWN_HEADER }),
    'a path above': await ask('GET', '/../../etc/passwd', own),
    'ticket as it should be': await ask('POST', '/ticket', own),
  }).toEqual({
    'no token': '401', 'wrong token': '401', 'token in the address': '401', 'foreign origin': '403', 'another port of the same host': '403',
    'origin null, as a sandboxed frame sends': '403', 'name of another host (DNS rebinding)': '403', 'own origin': 'open',
    'ticket without the own header': 403, 'ticket from another port (CSRF)': 403, 'ticket from a page of another site': 403, 'ticket by GET': 404, preflight: 403,
    'a path above': 404, 'ticket as it should be': 201,
  });
});

/** One raw request over a socket; the error's code, or `answered`. */
function raw(socket: WebSocket, method: string, params: unknown): Promise<number | 'answered'> {
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer) => {
      const reply = JSON.parse(data.toString()) as { error?: { code: number } };
      resolve(reply.error?.code ?? 'answered');
    });
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  });
}

test('a socket without a ticket cannot even say hello, and a ticket is good once', async () => {
  const { service } = await open();
  const right = { authorization: `Bearer ${service.token}` };
  const { ticket } = JSON.parse((await service.ask('POST', '/ticket', { ...right, [OWN_HEADER]: '1' })).body) as { ticket: string };
  const hello = (given: string | null) => ({ protocol: EDITOR_PROTOCOL, client: 'test', ticket: given });
  const tries = [];
  for (const given of [null, 'made-up', ticket, ticket]) tries.push(await raw(await service.open(right), 'hello', hello(given)));
  expect(tries).toEqual([4, 4, 'answered', 4]);
  expect(await raw(await service.open(right), 'support', {})).toBe(4);
});

test('frames that are too large, binary or no JSON-RPC end the connection', async () => {
  const { service } = await open();
  const code = async (send: (socket: WebSocket) => void) => {
    const socket = await service.open({ authorization: `Bearer ${service.token}`, [OWN_HEADER]: '1' });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    send(socket);
    return closed;
  };
  expect({
    large: await code((socket) => socket.send('x'.repeat(MAX_FRAME_BYTES + 1))),
    binary: await code((socket) => socket.send(Buffer.from('{"jsonrpc":"2.0"}'))),
    text: await code((socket) => socket.send('hello')),
  }).toEqual({ large: 1009, binary: 1003, text: 1003 });
});

test('names that would lead outside', async () => {
  const { project, service } = await open();
  const outside = path.join(project.folder, '..', 'outside');
  mkdirSync(path.join(outside, '.headwater'), { recursive: true });
  writeFileSync(path.join(outside, '.headwater', 'format.json'), '{"format":1}');
  writeFileSync(path.join(outside, 'secret.ipynb'), notebookText([['step:a', 'x = 1']]));
  symlinkSync(outside, project.path('link'));
  project.notebook('in.ipynb', [['step:a', 'x = 1']]);
  const link = service.link();
  const { store, run } = await runOnce(link, 'in.ipynb');
  const start = (notebook: string) => link.call('start', { notebook, tags: [], ...REQUEST }).then((reply) => reply.type, (error: unknown) => (error as { code: string }).code);
  const list = (named: string) => link.call('runs', { store: named, flow: null, state: 'all', filter: '', after: null, limit: 1 }).then(() => 'read', (error: unknown) => (error as { code: string }).code);
  const read = (params: Partial<Params<'logs'>>) => link.call('logs', { store, run, attempt: 'a.0', from: 0, bytes: 1000, ...params }).then((part) => part.size, (error: unknown) => (error as { code: string }).code);
  expect({
    'a notebook above': await start('../outside/secret.ipynb'), absolute: await start(path.join(outside, 'secret.ipynb')), 'by a link': await start('link/secret.ipynb'), 'a zero byte': await start('in.ipynb\0.txt'),
    'a store above': await list(path.join(outside, '.headwater')), 'a store by a link': await list(project.path('link', '.headwater')), 'a folder that is no store': await list(project.folder),
    'a run above': await read({ run: '../../x/1' }), 'a flow of dots': await read({ run: '../1' }), 'an attempt above': await read({ attempt: '../../run.json.0' }), 'an attempt that is a path': await read({ attempt: '/etc/passwd' }),
  }).toEqual({
    'a notebook above': 'notebook-elsewhere', absolute: 'notebook-elsewhere', 'by a link': 'notebook-elsewhere', 'a zero byte': 'notebook-elsewhere',
    'a store above': 'store-elsewhere', 'a store by a link': 'store-elsewhere', 'a folder that is no store': 'store-elsewhere',
    'a run above': 'bad-run', 'a flow of dots': 'bad-run', 'an attempt above': 0, 'an attempt that is a path': 0,
  });
});

test('parameters of a method that are none are refused with the place that is wrong', async () => {
  const { service } = await open();
  const link = service.link();
  const bad = { store: '', run: 'a/1', attempt: 'a.0', from: 0, bytes: 10_000_000 };
  await expect(link.call('logs', bad)).rejects.toMatchObject({ code: 'bad-request', sentence: expect.stringContaining('bytes') as string });
  await expect(link.call('table', { ...bad, task: 'a', name: 'x', first: -1, count: 1, sort: null, filter: '' })).rejects.toMatchObject({ code: 'bad-request' });
});

test('hostile tags, names and outputs are data', async () => {
  const { project, service } = await open();
  const script = '<script>alert(1)</script>';
  project.notebook(`x'\"<b>.ipynb`, [
    [`step:a <img/onerror=1> step:${script}`, [
      'from IPython.display import display, HTML, SVG, Javascript',
      `display(HTML('${script}'), SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), Javascript('alert(1)'))`,
      'print("\\x1b]0;title\\x07\\x1b[31mred\\x1b[0m")',
      'constructor = 1',
    ].join('\n')],
  ]);
  const notebook = `x'\"<b>.ipynb`;
  const link = service.link();
  const analysis = await link.call('analyse', { notebook, text: project.read(notebook) });
  expect(analysis.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toContain('error bad-tag-value');
  project.write(notebook, project.read(notebook).replace(`,"step:${script}"`, ''));
  const { store, run } = await runOnce(link, notebook);
  const { frames } = await link.call('logs', { store, run, attempt: 'a.0', from: 0, bytes: 65_536 });
  const shown = frames.flatMap((frame) => ('data' in frame ? Object.keys(frame.data) : frame.k === 'stream' ? [frame.text] : []));
  expect([...new Set(shown)].sort()).toEqual(['\u001b]0;title\u0007\u001b[31mred\u001b[0m\n', 'application/javascript', 'image/svg+xml', 'text/html', 'text/plain']);
  expect((await link.call('artifacts', { store, run, task: null })).map(({ name }) => name)).toContain('constructor');
  await expect(link.call('preview', { store, run, attempt: 'a.0', name: 'toString' })).rejects.toMatchObject({ code: 'no-artifact' });
});

test('outputs of another person\'s run lose what could act, and their frames are not unpickled', async () => {
  const { project, service } = await open();
  project.notebook('theirs.ipynb', [['step:a', 'from IPython.display import display, HTML\nimport pandas\ndisplay(HTML("<b>x</b>"))\nframe = pandas.DataFrame({"a": [1]})']]);
  const link = service.link();
  const { store, run } = await runOnce(link, 'theirs.ipynb');
  const record = path.join(store, 'flows/theirs/runs/00000001/run.json');
  chmodSync(record, 0o644);
  writeFileSync(record, readFileSync(record, 'utf8').replace(/"by":"[^"]*"/, '"by":"mallory"'));
  // A service that has not read the run yet, as on the machine of somebody else.
  const fresh = (await TestService.start(project, '--python', `${project.env['VIRTUAL_ENV'] ?? ''}/bin/python`)).link();
  await fresh.call('store', { notebook: null });
  expect((await fresh.call('run', { store, run })).foreign).toBe(true);
  const bundle = (part: Answer<'logs'>) => part.frames.flatMap((frame) => ('data' in frame ? Object.keys(frame.data).sort() : []));
  expect(bundle(await link.call('logs', { store, run, attempt: 'a.0', from: 0, bytes: 65_536 }))).toEqual(['text/html', 'text/plain']);
  expect(bundle(await fresh.call('logs', { store, run, attempt: 'a.0', from: 0, bytes: 65_536 }))).toEqual(['text/plain']);
  expect((await fresh.call('executed', { store, run, offset: 0 })).text).not.toContain('text/html');
  await expect(fresh.call('table', { store, run, task: 'a', name: 'frame', first: 0, count: 1, sort: null, filter: '' })).rejects.toMatchObject({ code: 'table-foreign' });
});

test('a service for an untrusted workspace lets look and starts nothing', async () => {
  const { project } = await open();
  project.notebook('in.ipynb', [['step:a', 'x = 1']]);
  const link = (await TestService.start(project, '--read-only')).link();
  await expect(link.call('start', { notebook: 'in.ipynb', tags: [], ...REQUEST })).rejects.toMatchObject({ code: 'refused', sentence: 'You can look at runs. To run flows, trust this workspace.' });
  expect((await link.call('analyse', { notebook: 'in.ipynb', text: project.read('in.ipynb') })).steps.map((step) => step.name)).toEqual(['a']);
});

test('the token is this user\'s alone, on no command line and in no log; an exposed one is refused', async () => {
  const { project, service } = await open();
  const { tokenFile } = service.listening;
  expect([statSync(tokenFile).mode & 0o777, statSync(path.dirname(tokenFile)).mode & 0o777]).toEqual([0o600, 0o700]);
  await service.open({ authorization: 'Bearer wrong' }).catch(() => undefined);
  const log = readFileSync(path.join(project.folder, '..', 'state', 'headwater', 'service.log'), 'utf8');
  const command = readFileSync(`/proc/${service.child.pid ?? 0}/cmdline`, 'utf8');
  const environment = readFileSync(`/proc/${service.child.pid ?? 0}/environ`, 'utf8');
  expect([log, command, environment].filter((text) => text.includes(service.token))).toEqual([]);
  expect(log).toContain('"what":"refused","reason":"token"');
  const exposed = project.write('token', 'x'.repeat(43));
  chmodSync(project.path(exposed), 0o644);
  const ended = await project.headwater('serve', '--token-file', exposed);
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining("is not this user's alone") as string });
});

test('what is sent for support says nothing of the person\'s work', async () => {
  const { project, service } = await open();
  project.notebook('secret-plan.ipynb', [['step:hidden', 'password = "hunter2"']]);
  const link = service.link();
  await runOnce(link, 'secret-plan.ipynb');
  await link.call('run', { store: 'nowhere', run: 'secret-plan/1' }).catch(() => undefined);
  const { text } = await link.call('support', {});
  expect(text).toContain('Headwater');
  for (const word of ['secret-plan', 'hidden', 'hunter2', project.folder]) expect(text).not.toContain(word);
});
