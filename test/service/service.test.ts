// What an editor does with the service, over the real socket with real runs.

import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Notifications } from '@headwater/protocol';
import type { Link } from '@headwater/panels';
import { expect, test } from 'vitest';
import { ended, NOTHING, startAndEnd } from '../helpers/editor.ts';
import { notebookText, type CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';
import { TestService } from '../helpers/service.ts';

const CELLS: readonly CellLiteral[] = [
  ['parameters', 'n = 3  # how many'],
  ['step:make', 'import pandas\nframe = pandas.DataFrame({"a": range(n), "b": ["x"] * n})\nprint("made", n)'],
  ['step:sum', 'total = int(frame.a.sum())\ntotal'],
];
async function open(cells: readonly CellLiteral[] = CELLS): Promise<{ service: TestService; link: Link; project: Project }> {
  const project = new Project();
  project.notebook('flow.ipynb', cells);
  const service = await TestService.start(project, '--python', `${project.env['VIRTUAL_ENV'] ?? ''}/bin/python`);
  return { service, link: service.link(), project };
}

test('a run is started, watched to its end, listed, and looked into', async () => {
  const { link } = await open();
  const { store, run, view } = await startAndEnd(link, { parameters: { n: '4' }, tags: ['best'] });
  expect({ status: view.status, values: view.values, steps: view.steps.filter((step) => step.kind === 'step').map(({ name, status }) => [name, status]) }).toEqual({
    status: 'done', values: [{ name: 'n', value: '4', changed: true, default: '3' }], steps: [['make', 'done'], ['sum', 'done']],
  });
  expect(view.edges).toContainEqual({ from: 'make', to: 'sum', names: ['frame'], seen: true });

  const page = await link.call('runs', { store, flow: null, state: 'all', filter: '', after: null, limit: 10 });
  expect(page.rows.map((row) => [row.run, row.status, row.tags, row.count])).toEqual([['flow/1', 'done', ['best'], { done: 2, failed: 0, total: 2 }]]);

  const log = await link.call('logs', { store, run, attempt: 'make.0', from: 0, bytes: 65_536 });
  expect(log.frames.map((frame) => (frame.k === 'stream' ? frame.text : frame.k))).toEqual(['made 4\n']);
  expect((await link.call('searchLogs', { store, run, attempt: 'make.0', words: 'MADE' })).hits).toEqual([{ offset: 0, line: 'made 4' }]);

  const artifacts = await link.call('artifacts', { store, run, task: null });
  expect(artifacts.map(({ name, step, path, kind, summary }) => ({ name, step, path, kind, summary }))).toEqual([
    { name: 'n', step: 'setup.1', path: 'flow/1/setup.1/n', kind: 'value', summary: '4' },
    { name: 'frame', step: 'make', path: 'flow/1/make/frame', kind: 'frame', summary: '4 × 2 · a, b' },
    { name: 'total', step: 'sum', path: 'flow/1/sum/total', kind: 'value', summary: '6' },
  ]);
  expect((await link.call('preview', { store, run, attempt: 'make.0', name: 'frame' })).preview).toMatchObject({ kind: 'frame', rows: 4 });
  expect(await link.call('table', { store, run, task: 'make', name: 'frame', first: 0, count: 2, sort: { column: 'a', descending: true }, filter: '' })).toMatchObject({ rows: [[3, 'x'], [2, 'x']], index: ['3', '2'], matching: 4, total: 4 });
  expect((await link.call('task', { store, run, task: 'sum' })).reads).toContainEqual({ name: 'frame', from: 'make.0' });

  const part = await link.call('executed', { store, run, offset: 0 });
  expect(part.next).toBeNull();
  expect((JSON.parse(part.text) as { cells: { outputs?: unknown[] }[] }).cells[2]?.outputs).toMatchObject([{ output_type: 'execute_result', data: { 'text/plain': '6' } }]);
});

test('the unsaved notebook is what runs, and it is told apart from what ran', async () => {
  const { link } = await open();
  const { store, run } = await startAndEnd(link);
  const text = notebookText(CELLS.with(2, ['step:sum', 'total = int(frame.a.sum()) + 100\ntotal']));
  const analysis = await link.call('analyse', { notebook: 'flow.ipynb', text });
  expect(analysis.steps.map(({ name, last, stale }) => [name, last?.status, stale])).toEqual([
    ['setup.1', 'done', null], ['make', 'done', null], ['sum', 'done', { because: 'code', names: ['sum'] }],
  ]);
  const diff = await link.call('diff', { store, run, notebook: 'flow.ipynb', text });
  expect(diff.find((cell) => cell.step === 'sum')?.lines).toEqual([
    { kind: 'removed', text: 'total = int(frame.a.sum())' }, { kind: 'added', text: 'total = int(frame.a.sum()) + 100' }, { kind: 'same', text: 'total' },
  ]);
  const reply = await link.call('resume', { store, run, notebook: 'flow.ipynb', text, parameters: {}, python: null, from: null, to: null, failFast: false, code: 'now' });
  if (reply.type === 'refused') throw new Error(reply.problem.sentence);
  const view = await ended(link, reply.store, reply.run);
  expect(view.steps.map(({ name, status }) => [name, status])).toEqual([['setup.1', 'reused'], ['make', 'reused'], ['sum', 'done']]);
  const placed = await link.call('outputs', { store, run: reply.run, notebook: 'flow.ipynb', text, after: 0 });
  expect(placed.cells.map(({ index, changed, outputs }) => [index, changed, outputs.length])).toEqual([[0, false, 0], [1, false, 1], [2, false, 1]]);
  expect(placed.cells[2]?.outputs[0]).toMatchObject({ data: { 'text/plain': '103' } });
});

test('the report of a run is one page, whole in pieces', async () => {
  const { link, project } = await open([...CELLS, ['step:show', 'from IPython.display import HTML\nHTML("<b>bold</b><script>1</script>")'], ['step:tell', 'import headwater\nheadwater.report.append("**All** went well", frame)']]);
  const { store, run } = await startAndEnd(link);
  const part = await link.call('report', { store, run, offset: 0 });
  expect(part.next).toBeNull();
  expect(part.text).toMatch(/<h1>flow\/1 <span class="done">Done<\/span><\/h1>[^]*<h2>Highlights<\/h2><p><strong>All<\/strong> went well<\/p>[^]*<td>n<\/td><td>3<\/td>[^]*sandbox="" [^]*<code>frame<\/code>[^]*<svg /);
  expect(part.text).not.toContain('<script');
  const { stdout } = await project.headwater('report', 'flow/1', '-o', 'out.html');
  expect([stdout, project.read('out.html')]).toEqual(['out.html is the report of flow/1: one file that needs nothing else.\n', part.text]);
});

test('a changed default makes what reads it stale because of the parameter', async () => {
  const { link } = await open();
  await startAndEnd(link);
  const { steps } = await link.call('analyse', { notebook: 'flow.ipynb', text: notebookText(CELLS.with(0, ['parameters', 'n = 5  # how many'])) });
  expect(steps.map(({ name, stale }) => [name, stale])).toEqual([
    ['setup.1', { because: 'parameter', names: ['n'] }], ['make', { because: 'parameter', names: ['n'] }], ['sum', { because: 'parameter', names: ['n'] }],
  ]);
});

test('only one step: what is above is reused, what is below is no part of the run', async () => {
  const { link } = await open([...CELLS, ['step:last', 'end = total + 1']]);
  const { store, run } = await startAndEnd(link);
  const reply = await link.call('resume', { store, run, notebook: 'flow.ipynb', text: null, parameters: {}, python: null, from: 'sum', to: 'sum', failFast: false, code: 'now' });
  if (reply.type === 'refused') throw new Error(reply.problem.sentence);
  expect((await ended(link, reply.store, reply.run)).steps.map(({ name, status }) => [name, status])).toEqual([['setup.1', 'reused'], ['make', 'reused'], ['sum', 'done']]);
});

test('a failed run says what failed, and the names at the failure', async () => {
  const { link } = await open(CELLS.with(2, ['step:sum', 'half = 1\n1 / 0']));
  const { store, run, view } = await startAndEnd(link);
  expect(view.failures.map(({ task, type, cell, line, attempt }) => ({ task, type, cell, line, attempt }))).toEqual([{ task: 'sum', type: 'ZeroDivisionError', cell: 2, line: 2, attempt: 'sum.0' }]);
  const task = await link.call('task', { store, run, task: 'sum' });
  expect(task).toMatchObject({ before: ['frame', 'n', 'pandas'], made: ['half'] });
  expect((await link.call('runs', { store, flow: 'flow', state: 'failed', filter: 'step:sum ZeroDivision', after: null, limit: 10 })).rows.map((row) => row.run)).toEqual([run]);
});

test('everybody who watches the list hears of a run that somebody else starts', async () => {
  const { link, project } = await open();
  const { store } = await startAndEnd(link);
  const heard: Notifications['runsChanged']['rows'][number][] = [];
  link.on('runsChanged', ({ rows }) => heard.push(...rows));
  await link.call('watchRuns', { store, watched: true });
  await project.headwater('run', 'flow.ipynb');
  await expect.poll(() => heard.filter((row) => row.run === 'flow/2').at(-1)?.status, { timeout: 10_000 }).toBe('done');
  // A flow nobody has seen, whose run has ended when it is found.
  project.notebook('other.ipynb', [['step:a', 'x = 1']]);
  await project.headwater('run', 'other.ipynb', '--store', 'elsewhere');
  renameSync(path.join(project.folder, 'elsewhere/flows/other'), path.join(store, 'flows/other'));
  await expect.poll(() => heard.filter((row) => row.flow === 'other').map((row) => `${row.run} ${row.status}`), { timeout: 10_000 }).toEqual(['other/1 done']);
});

// One that was counted meanwhile, or was never seen by a look through the store, stayed in every list.
test('everybody who watches the list hears of a run that somebody deletes, however soon', async () => {
  const { link, project } = await open();
  const { store } = await startAndEnd(link);
  const gone: string[] = [];
  link.on('runsChanged', (change) => gone.push(...change.gone));
  await link.call('watchRuns', { store, watched: true });
  for (const run of ['flow/2', 'flow/3']) {
    await startAndEnd(link);
    await link.call('runs', { store, flow: 'flow', state: 'all', filter: '', after: null, limit: 10 });
    await project.headwater('delete', run);
  }
  await project.headwater('delete', 'flow/1');
  await expect.poll(() => [...gone].sort(), { timeout: 30_000 }).toEqual(['flow/1', 'flow/2', 'flow/3']);
});

test('a store that comes into being while its runs are watched: the first run is told of, though it has ended by then', async () => {
  const { link, project } = await open();
  await project.headwater('run', 'flow.ipynb', '--store', 'elsewhere');
  const { store } = await link.call('store', { notebook: 'flow.ipynb' });
  const heard: string[] = [];
  link.on('runsChanged', ({ rows }) => heard.push(...rows.map((row) => `${row.run} ${row.status}`)));
  await link.call('watchRuns', { store, watched: true });
  renameSync(path.join(project.folder, 'elsewhere'), store);
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['flow/1 done']);
});

test('pages go down from the newest, and a store that appears later is found', async () => {
  const { link } = await open();
  const before = await link.call('store', { notebook: 'flow.ipynb' });
  expect(before.problem?.code).toBe('no-store');
  for (let at = 0; at < 3; at += 1) await startAndEnd(link);
  const ask = (after: string | null) => link.call('runs', { store: before.store, flow: null, state: 'all', filter: '', after, limit: 2 });
  const first = await ask(null);
  const second = await ask(first.next);
  expect([first.rows.map((row) => row.number), second.rows.map((row) => row.number), second.next]).toEqual([[3, 2], [1], null]);
});

test('a run goes on when the service is killed, and a new service shows it', async () => {
  const { service, link, project } = await open([['step:slow', 'import time\ntime.sleep(2)\nx = 1']]);
  const reply = await link.call('start', { notebook: 'flow.ipynb', ...NOTHING });
  service.child.kill('SIGKILL');
  const again = (await TestService.start(project)).link();
  if (reply.type === 'refused') throw new Error(reply.problem.sentence);
  await again.call('store', { notebook: null });
  expect((await ended(again, reply.store, reply.run)).status).toBe('done');
});

test('the service ends with a code that makes a supervisor start it again', async () => {
  const { service } = await open();
  expect(await service.end()).toBe(143);
});

test('a mistake comes back as a sentence with a hint', async () => {
  const { link, project } = await open();
  writeFileSync(project.path('bad.ipynb'), '{');
  const refused = await link.call('start', { notebook: 'flow.ipynb', ...NOTHING, parameters: { m: '1' } });
  expect(refused).toMatchObject({ type: 'refused', problem: { code: 'unknown-parameter', sentence: 'flow.ipynb has no parameter `m`.', hint: 'It has n.' } });
  expect(await link.call('start', { notebook: 'flow.ipynb', ...NOTHING, to: 'nowhere' })).toMatchObject({ type: 'refused', problem: { code: 'no-step', hint: 'It has make, sum.' } });
  await expect(link.call('analyse', { notebook: 'bad.ipynb', text: '{' })).rejects.toMatchObject({ code: expect.any(String) as string, name: 'CallError' });
});
