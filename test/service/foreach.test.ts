// A foreach as an editor sees it: one step with many tasks, each with its log, artifacts and errors.

import { MAX_FRAME_BYTES } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { ended, startAndEnd } from '../helpers/editor.ts';
import { type CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';
import { TestService } from '../helpers/service.ts';

const CELLS: readonly CellLiteral[] = [
  ['step:make', 'rates = [0.1, 0.01, 0.001]\nlimit = 1'],
  ['step:train foreach:lr=rates', 'print("training", lr)\nscore = 1 - lr\nif lr < limit / 50:\n    raise ValueError(f"rate {lr} is too small")'],
  ['step:pick join:scores=score', 'best = max(scores)'],
];

async function open(cells: readonly CellLiteral[]) {
  const project = new Project();
  project.notebook('flow.ipynb', cells);
  return { link: (await TestService.start(project, '--python', `${project.env['VIRTUAL_ENV'] ?? ''}/bin/python`)).link(), project };
}

test('branches are counted, found by value, and each has its log, artifacts and error', async () => {
  const { link } = await open(CELLS);
  const { store, run, view } = await startAndEnd(link);
  const train = view.steps.find((step) => step.name === 'train');
  expect([train?.status, train?.tasks, train?.counts, train?.inside, train?.control.foreach]).toEqual(['failed', 3, { done: 1, failed: 2 }, ['train'], { item: 'lr', list: 'rates' }]);
  expect(view.steps.find((step) => step.name === 'pick')?.status).toBe('not reached');
  expect(view.failed).toMatchObject({ type: 'ValueError', tasks: 2, of: 3 });
  expect(view.failures.map(({ step, tasks, count, message }) => ({ step, tasks, count, message }))).toEqual([{ step: 'train', tasks: ['train[1]', 'train[2]'], count: 2, message: expect.stringMatching(/^rate 0\.0+1 is too small$/) as string }]);
  expect(view.edges).toContainEqual({ from: 'make', to: 'train', names: ['limit', 'rates'].filter((name) => view.edges.some((edge) => edge.to === 'train' && edge.names.includes(name))), seen: true });

  const ask = (find: string) => link.call('tasks', { store, run, step: 'train', find, sort: 'order', after: null, limit: 50 });
  expect((await ask('')).rows.map(({ task, items, status, attempts }) => [task, items, status, attempts])).toEqual([
    ['train[0]', [['lr', '0.1']], 'done', 1], ['train[1]', [['lr', '0.01']], 'failed', 1], ['train[2]', [['lr', '0.001']], 'failed', 1],
  ]);
  expect((await ask('lr=0.01')).rows.map(({ task, happened }) => [task, happened])).toEqual([['train[1]', 'ValueError: rate 0.01 is too small']]);
  expect((await link.call('taskMap', { store, run, step: 'train' })).squares.map(({ task, status, label }) => [task, status, label])).toEqual([
    ['train[0]', 'done', 'lr=0.1'], ['train[1]', 'failed', 'lr=0.01'], ['train[2]', 'failed', 'lr=0.001'],
  ]);

  const task = await link.call('task', { store, run, task: 'train[lr=0.01]' });
  expect([task.task.task, task.failure?.message, task.made, task.before]).toEqual(['train[1]', 'rate 0.01 is too small', ['score'], ['limit', 'lr', 'rates']]);
  await expect(link.call('task', { store, run, task: 'train' })).rejects.toMatchObject({ code: 'many-tasks' });
  expect((await link.call('artifacts', { store, run, task: 'train[0]' })).map(({ name, step, path }) => [name, step, path])).toEqual([['score', 'train', 'flow/1/train[0]/score']]);
  expect((await link.call('artifacts', { store, run, task: 'train[*]' })).map(({ name, type, summary, path }) => [name, type, summary, path])).toEqual([['score', 'list', '1 × float', 'flow/1/train[*]/score']]);
  const log = await link.call('logs', { store, run, attempt: 'train[0].0', from: 0, bytes: 65_536 });
  expect([log.frames.map((frame) => (frame.k === 'stream' ? frame.text : frame.k)), log.ended]).toEqual([['training 0.1\n'], true]);
});

test('rounds and retries are tasks and attempts, what is skipped says why', async () => {
  const { link } = await open([
    ['step:make', 'deep = False\nn = 0'],
    ['step:grow until:enough max:5', 'n += 1\nenough = n >= 3'],
    ['step:more when:deep', 'extra = 1'],
    ['step:flaky retry:2', 'import os\nif not os.path.exists("marker"):\n    open("marker", "w").close()\n    raise OSError("not yet")\nok = True'],
  ]);
  const { store, run, view } = await startAndEnd(link);
  const by = new Map(view.steps.map((step) => [step.name, step]));
  expect([by.get('grow')?.tasks, by.get('grow')?.counts, by.get('more')?.status, by.get('flaky')?.tries]).toEqual([3, { done: 3 }, 'skipped', 2]);
  expect(by.get('more')?.note).toContain('deep');
  expect(by.get('flaky')?.attempts.map(({ status, sentence }) => [status, sentence])).toEqual([['failed', 'OSError: not yet; tried again'], ['done', null]]);
  const rounds = await link.call('tasks', { store, run, step: 'grow', find: '', sort: 'order', after: null, limit: 50 });
  expect(rounds.rows.map(({ task, iteration, status }) => [task, iteration, status])).toEqual([['grow@0', 0, 'done'], ['grow@1', 1, 'done'], ['grow@2', 2, 'done']]);
  const names = await link.call('artifacts', { store, run, task: null });
  expect(names.find(({ name }) => name === 'n')).toMatchObject({ path: 'flow/1/grow@2/n', summary: '3' });
});

test('what branches logged stands beside each other, run by run', async () => {
  const { link } = await open([['parameters', 'scale = 1'], ['step:make', 'items = [1, 2]'], ['step:fit foreach:x=items', 'import headwater\nheadwater.current.metrics(**{f"score_{x}": x * scale})'], ['step:end join', 'over = True']]);
  const { store, run } = await startAndEnd(link);
  const second = await startAndEnd(link, { parameters: { scale: '3' } });
  expect(await link.call('metrics', { store, runs: [run, second.run, 'flow/9'] })).toEqual([{ score_1: 1, score_2: 2 }, { score_1: 3, score_2: 6 }, null]);
  const { sections } = await link.call('compare', { store, runs: [run, second.run] });
  expect(sections.find(({ title }) => title === 'metrics')?.rows).toEqual([{ name: 'score_1', cells: ['1', '3'], same: false }, { name: 'score_2', cells: ['2', '6'], same: false }]);
});

test('1,200 branches: pages and map stay small', async () => {
  const { link, project } = await open([['step:make', 'numbers = list(range(1200))'], ['step:square foreach:i=numbers', 'result = i * i'], ['step:sum join:results=result', 'total = sum(results)']]);
  await project.headwater('run', 'flow.ipynb');
  const { store } = await link.call('store', { notebook: 'flow.ipynb' });
  const view = await ended(link, store, 'flow/1');
  expect(view.steps.find(({ name }) => name === 'square')).toMatchObject({ tasks: 1200, counts: { done: 1200 }, attempts: expect.any(Array) as unknown[] });
  const page = await link.call('tasks', { store, run: 'flow/1', step: null, find: '', sort: 'took', after: null, limit: 200 });
  const map = await link.call('taskMap', { store, run: 'flow/1', step: 'square' });
  const found = await link.call('tasks', { store, run: 'flow/1', step: 'square', find: 'i=777', sort: 'failed', after: null, limit: 200 });
  expect([page.rows.length, page.total, map.squares.length, found.rows.map(({ task }) => task)]).toEqual([200, 1202, 400, ['square[777]']]);
  for (const answer of [view, page, map]) expect(JSON.stringify(answer).length).toBeLessThan(MAX_FRAME_BYTES / 4);
});
