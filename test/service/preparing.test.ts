// What is made before a run starts: told to the editor that asked, which may take its wish back.

import path from 'node:path';
import { expect, test } from 'vitest';
import { NOTHING, startAndEnd } from '../helpers/editor.ts';
import { Project, PYTHON } from '../helpers/project.ts';
import { TestService } from '../helpers/service.ts';
import { UV_CACHE } from '../helpers/uv.ts';

test('an environment that is built is told about, and not waited for when nobody wants the run any more', async () => {
  const project = new Project();
  project.env['UV_CACHE_DIR'] = UV_CACHE;
  project.env['PATH'] = [path.dirname(PYTHON), process.env['PATH']].join(path.delimiter);
  const write = (version: string) => project.notebook('flow.ipynb', [[`step:old pip:six==${version}`, 'import six\nold = six.__version__']]);
  const link = (await TestService.start(project)).link();
  const told: { notebook: string; what: string }[] = [];
  const unwanted = new AbortController();
  link.on('preparing', (params) => told.push(params));

  write('1.15.0');
  const { store, view } = await startAndEnd(link);
  expect(view.status).toBe('done');
  expect(told).toEqual([{ notebook: 'flow.ipynb', what: expect.stringMatching(/^building the environment of old: \d+ packages$/) as string }]);

  write('1.16.0');
  link.on('preparing', () => unwanted.abort());
  await expect(link.call('start', { notebook: 'flow.ipynb', ...NOTHING }, unwanted.signal)).rejects.toMatchObject({ code: 'withdrawn' });
  expect((await link.call('runs', { store, flow: 'flow', state: 'all', filter: '', after: null, limit: 10 })).rows.map(({ run }) => run)).toEqual(['flow/1']);
});
