// What goes wrong around an editor, each with its sentence: it comes from the service, and both editors show it as it is.

import { writeFileSync } from 'node:fs';
import { EDITOR_PROTOCOL, type RunView } from '@headwater/protocol';
import { connect, type Link } from '@headwater/panels';
import { expect, test } from 'vitest';
import { NOTHING, startAndEnd } from '../helpers/editor.ts';
import { notebookText } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';
import { TestService } from '../helpers/service.ts';

const CELLS = [['step:make', 'x = 20'], ['step:use', 'y = x + 1\ny']] as const;

async function open(): Promise<{ service: TestService; link: Link; project: Project }> {
  const project = new Project();
  project.notebook('flow.ipynb', CELLS);
  const service = await TestService.start(project);
  return { service, link: service.link(), project };
}

test('a store of a newer format, and one that cannot be read', async () => {
  const { link, project } = await open();
  const { store } = await startAndEnd(link);
  const plain = async () => (await link.call('store', { notebook: 'flow.ipynb' })).problem?.sentence.replaceAll(project.folder, 'PROJECT') ?? null;
  expect(await plain()).toBeNull();
  writeFileSync(project.path('.headwater/format.json'), '{"format":99}\n');
  const again = (await TestService.start(project)).link();
  const sentenceOf = async () => (await again.call('store', { notebook: 'flow.ipynb' })).problem;
  expect(await sentenceOf()).toMatchObject({ code: 'store-newer', sentence: expect.stringMatching(/has format 99; this Headwater knows formats up to \d+\.$/) as string });
  await expect(again.call('runs', { store, flow: null, state: 'all', filter: '', after: null, limit: 1 })).rejects.toMatchObject({ code: 'store-newer' });
  expect(await again.call('start', { notebook: 'flow.ipynb', ...NOTHING })).toMatchObject({ type: 'refused', problem: { code: 'store-newer' } });
  writeFileSync(project.path('.headwater/format.json'), 'no JSON');
  expect(await sentenceOf()).toMatchObject({ sentence: expect.stringContaining('.headwater') as string });
});

test('no interpreter', async () => {
  const { link } = await open();
  expect(await link.call('start', { notebook: 'flow.ipynb', ...NOTHING, python: '/nowhere/python' })).toMatchObject({
    type: 'refused', problem: { code: 'no-interpreter', sentence: 'There is no Python interpreter at /nowhere/python.' },
  });
});

test('an engine of another protocol', async () => {
  const { service } = await open();
  const socket = await service.open({ authorization: `Bearer ${service.token}`, 'x-headwater': '1' });
  const connection = connect(socket);
  connection.listen();
  await expect(connection.sendRequest('hello', { protocol: EDITOR_PROTOCOL - 1, client: 'test', ticket: null })).rejects.toMatchObject({
    data: { code: 'other-protocol', sentence: `This editor speaks protocol ${EDITOR_PROTOCOL - 1} and the engine speaks ${EDITOR_PROTOCOL}.`, hint: 'Update the extension, or reload the page.' },
  });
  connection.dispose();
});

test('a run that is deleted while it is shown', async () => {
  const { link, project } = await open();
  const { store, run } = await startAndEnd(link);
  const seen: (RunView | null)[] = [];
  link.on('runChanged', ({ view }) => seen.push(view));
  await link.call('watchRun', { store, run, watched: true });
  await project.headwater('delete', run);
  await expect.poll(() => seen.at(-1), { timeout: 30_000 }).toBeNull();
  await expect(link.call('run', { store, run })).rejects.toMatchObject({ code: 'no-run', hint: 'It may have been deleted.' });
});

test('a notebook whose outputs were stripped and whose cells have other ids: nothing of its history is lost', async () => {
  const { link, project } = await open();
  const { store, run } = await startAndEnd(link);
  const notebook = JSON.parse(notebookText([['', '# a note'], ...CELLS])) as { cells: { id: string }[] };
  for (const [at, cell] of notebook.cells.entries()) cell.id = `anew-${String(at)}`;
  const text = JSON.stringify(notebook);
  writeFileSync(project.path('flow.ipynb'), text);
  const analysis = await link.call('analyse', { notebook: 'flow.ipynb', text });
  expect([analysis.latest, ...analysis.steps.map(({ name, last, stale }) => [name, last?.status, stale])]).toEqual([run, ['make', 'done', null], ['use', 'done', null]]);
  const placed = await link.call('outputs', { store, run, notebook: 'flow.ipynb', text, after: 0 });
  expect([placed.missing, ...placed.cells.map(({ index, changed, outputs }) => [index, changed, outputs.length])]).toEqual([[], [1, false, 0], [2, false, 1]]);
  const resumed = await link.call('resume', { store, run, notebook: 'flow.ipynb', text, parameters: {}, python: null, from: null, to: null, failFast: false, code: 'now' });
  if (resumed.type === 'refused') throw new Error(resumed.problem.sentence);
  await expect.poll(async () => (await link.call('run', { store, run: resumed.run })).steps.map(({ status }) => status), { timeout: 30_000 }).toEqual(['reused', 'reused']);
});

test('tag names that clash', async () => {
  const { link } = await open();
  const ask = async (cells: readonly (readonly [string, string])[]) => (await link.call('analyse', { notebook: 'flow.ipynb', text: notebookText(cells) })).diagnostics.map(({ code, sentence }) => `${code}: ${sentence}`);
  expect(await ask([['step:a setup', 'x = 1']])).toEqual(['tag-conflict: The cell is tagged `step` and `setup` at once.']);
  expect(await ask([['step:a step:b', 'x = 1']])).toEqual(['two-step-tags: The cell is tagged for several steps: `a` and `b`.']);
  expect(await ask([['step:a', 'x = 1'], ['step:b', 'y = x'], ['step:a', 'x = y']])).toEqual(['split-step: Step `a` goes on here, but step `b` stands between its cells, and both use `y` and `x`.']);
});
