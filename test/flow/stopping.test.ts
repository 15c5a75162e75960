// A run is its own process: the terminal that started it may look away, ask it to stop, kill it, or close.

import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

/** `b` says that it runs by the file `started`, goes on when there is a file `go`, and tidies up when it is stopped. */
const CELLS: readonly CellLiteral[] = [
  ['step:a', 'x = 1'],
  ['step:b', `import os, time
open("started", "w").close()
try:
    for _ in range(6000):  # two minutes at most: a test that failed leaves no run behind
        if os.path.exists("go"):
            break
        time.sleep(0.02)
finally:
    open("tidied", "w").close()
y = x + 1`],
  ['step:c', 'print("y is", y)'],
];

function waiting(): Project {
  const project = new Project();
  project.notebook('nb.ipynb', CELLS);
  return project;
}

/** Until there is a file. */
async function appears(project: Project, name: string): Promise<void> {
  await expect.poll(() => existsSync(project.path(name)), { timeout: 30_000, interval: 20 }).toBe(true);
}

const shown = async (project: Project) => (await project.headwater('runs', '--json')).stdout;

it('what a stopped step had shown is in the logs', async () => {
  const project = new Project();
  project.notebook('nb.ipynb', [['step:a', 'print("before")'], ['step:b', 'import time\nprint("half way", flush=True)\nopen("started", "w").close()\ntime.sleep(60)']]);
  const child = project.start(['run', 'nb.ipynb']);
  const ended = project.end(child);
  await appears(project, 'started');
  child.kill('SIGINT');
  await ended;
  expect((await project.headwater('logs', 'nb/1')).stdout).toMatch(/^before\nhalf way\n-+\nKeyboardInterrupt /);
  expect((await project.headwater('logs', 'nb/1/b')).stdout).toMatch(/^half way\n-+\nKeyboardInterrupt /);
});

it('Ctrl-C once stops cleanly: cells tidy up, what was done is kept, resume goes on', async () => {
  const project = waiting();
  const child = project.start(['run', 'nb.ipynb']);
  const ended = project.end(child);
  await appears(project, 'started');
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  expect(stdout).toContain('nb/1 stopped');
  await appears(project, 'tidied');
  project.write('go', '');
  expect((await project.headwater('resume', 'nb/1')).stdout.replaceAll(/\d+\.\d s/g, 'TIME')).toMatchInlineSnapshot(`
    "PYTHON · the active environment .venv
    nb/2 · nb.ipynb
    ↻ a  reused
    ✓ b  TIME
    y is 2
    ✓ c  TIME
    ✓ nb/2 done
    "
  `);
});

it('Ctrl-C twice kills: the run is lost, and resume goes on from what was committed', async () => {
  const project = waiting();
  // Nothing can tidy up a cell that does not listen.
  project.notebook('nb.ipynb', CELLS.map(([tags, source]) => [tags, source.replace('try:', 'import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\ntry:')]));
  const child = project.start(['run', 'nb.ipynb']);
  const ended = project.end(child);
  await appears(project, 'started');
  child.kill('SIGINT');
  await setTimeout(300);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  expect(JSON.parse(await shown(project))).toMatchObject({ number: 1, status: 'lost' });
  project.write('go', '');
  expect((await project.headwater('resume', 'nb/1')).stdout).toContain('↻ a  reused');
});

it('a terminal that is closed ends nothing', async () => {
  const project = waiting();
  const child = project.start(['run', 'nb.ipynb']);
  const ended = project.end(child);
  await appears(project, 'started');
  child.kill('SIGHUP');
  await ended;
  project.write('go', '');
  expect((await project.headwater('watch', 'nb/1')).stdout).toContain('y is 2\n');
  expect(JSON.parse(await shown(project))).toMatchObject({ number: 1, status: 'done' });
});

it('--detach comes back at once; watch looks on, and leaves without stopping', async () => {
  const project = waiting();
  expect(await project.headwater('run', 'nb.ipynb', '--detach')).toMatchInlineSnapshot(`
    {
      "code": 0,
      "stderr": "",
      "stdout": "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ",
    }
  `);
  const watcher = project.start(['watch', 'nb/1']);
  const shows = new Promise((resolve) => watcher.stdout?.once('data', resolve));
  const looked = project.end(watcher);
  await Promise.all([shows, appears(project, 'started')]);
  watcher.kill('SIGINT');
  expect((await looked).code).toBe(130);
  expect(JSON.parse(await shown(project))).toMatchObject({ number: 1, status: 'running' });
  project.write('go', '');
  expect((await project.headwater('watch', 'nb/1')).code).toBe(0);
});

it('stop ends a run from anywhere', async () => {
  const project = waiting();
  await project.headwater('run', 'nb.ipynb', '--detach');
  await appears(project, 'started');
  expect(await project.headwater('stop', 'nb/1')).toMatchInlineSnapshot(`
    {
      "code": 0,
      "stderr": "",
      "stdout": "nb/1 is stopped. Go on with \`headwater resume nb/1\`.
    ",
    }
  `);
  await appears(project, 'tidied');
  expect(JSON.parse(await shown(project))).toMatchObject({ number: 1, status: 'stopped' });
  expect(await project.headwater('stop', 'nb/1')).toMatchInlineSnapshot(`
    {
      "code": 2,
      "stderr": "✗ nb/1 is not running: it is stopped.
    ",
      "stdout": "",
    }
  `);
});
