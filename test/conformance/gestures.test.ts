// docs/from-metaflow.md, from-kale.md and from-papermill.md: every line of their tables is done, as it stands there.

import { chmodSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, Project } from '../helpers/project.ts';
import { AT_WORK, CHURN, readGestures, type Gesture } from './gestures.ts';

const PAGES = ['from-metaflow.md', 'from-kale.md', 'from-papermill.md'];
const ALL = PAGES.flatMap(readGestures);

/** Lines of several pages that say the same are done once. */
const once = (where: readonly string[]) => [...new Map(ALL.filter((each) => where.includes(each.where)).map((each) => [each.ours.join(' '), each])).values()];

it('every page has its lines, and every line says what to do', () => {
  expect(PAGES.map((page) => readGestures(page).length > 15)).toEqual([true, true, true]);
  expect(ALL.filter(({ ours }) => ours.length === 0)).toEqual([]);
  // None is prepared that no page has.
  expect(Object.keys(AT_WORK).sort()).toEqual(once(['tag', 'cell']).map(({ ours }) => ours.join(' ')).sort());
});

it.each(once(['tag', 'cell']).map((each) => [each.ours.join(' '), each] as const))('%s', async (ours, { ours: pieces, where }) => {
  const { cells, prints, args = [], env = {} } = AT_WORK[ours]!;
  const written = cells.map(([tags, code]) => (where === 'tag' ? tags.split(' ') : [code])).flat();
  expect(pieces.filter((piece) => !written.some((each) => (where === 'tag' ? each === piece : each.includes(piece))))).toEqual([]);
  const project = new Project();
  Object.assign(project.env, env);
  project.notebook('churn.ipynb', cells);
  const { stdout, stderr, code } = await project.headwater('run', 'churn.ipynb', ...args);
  expect([code, stderr, stdout]).toEqual([0, '', expect.stringContaining(`${prints}\n`)]);
});

/** A folder with two runs, and `headwater` on the path as a person has it. */
async function prepare(): Promise<Project> {
  const project = new Project();
  project.notebook('churn.ipynb', CHURN);
  project.write('name.txt', 'somebody\n');
  project.write('parameters.json', '{"alpha": 0.25}');
  project.write('bin/headwater', `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(project.path('bin/headwater'), 0o755);
  project.env['PATH'] = [project.path('bin'), path.join(project.env['VIRTUAL_ENV'] ?? '', 'bin'), project.env['PATH']].join(':');
  await project.run('churn.ipynb', '--tag', 'good');
  await project.run('churn.ipynb', '-p', 'alpha=0.25');
  return project;
}

describe('commands and lines of Python', () => {
  const lines = once(['command', 'Python']).flatMap((each: Gesture) => each.ours.map((code) => [code, each.where] as const));
  it('are all done as they stand', async () => {
    const project = await prepare();
    const failed: unknown[] = [];
    for (const [code, where] of lines) {
      const { code: status, stdout, stderr } = where === 'command' ? await project.shell(code) : { code: 0, stdout: await project.python(`import headwater\nprint(${code})`), stderr: '' };
      if (status !== 0 || stderr !== '' || stdout.includes('Traceback') || stdout === '') failed.push({ code, status, stdout, stderr });
    }
    expect(failed).toEqual([]);
  }, 240_000);
});
