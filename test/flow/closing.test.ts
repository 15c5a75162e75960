// Cells for the end of a run: `on-success`, `on-failure`. Real processes, and what every view says of them.

import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const CELLS: readonly CellLiteral[] = [
  ['setup', 'import headwater, os'],
  ['on-failure', 'now = headwater.current\nprint("failed:", now.failed, now.failure, "total" in globals(), rows, os.getpid() != pid)\nrows.append("told")'],
  ['step:load', 'rows = [1, 2]\npid = os.getpid()'],
  ['step:sum', 'total = sum(rows)\nprint("sum")\nif os.path.exists("fail"): raise ValueError("on purpose")'],
  ['step:tell on-success', 'print("done:", total, headwater.current.failure, headwater.current.task)\nrows = None'],
  ['step:tell on-success', 'open("told", "w").close()'],
  ['step:last', 'print("last", rows)'],
];

const timeless = (text: string) => text.replaceAll(/\d+\.\d s/g, 'TIME');

function make(cells: readonly CellLiteral[] = CELLS): Project {
  const project = new Project();
  project.notebook('nb.ipynb', cells);
  return project;
}

it('run when all is done, below everything else, and change nothing', async () => {
  const project = make();
  const { code, stdout } = await project.headwater('run', 'nb.ipynb');
  expect([code, timeless(stdout)]).toMatchInlineSnapshot(`
    [
      0,
      "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ✓ load  TIME
    sum
    ✓ sum  TIME
    last [1, 2]
    ✓ last  TIME
    done: 3 None tell
    ✓ tell  TIME
    ✓ nb/1 done
    ",
    ]
  `);
  expect(existsSync(project.path('told'))).toBe(true);
  expect(await project.python('import headwater\nrun = headwater.Run("nb/1")\nprint(run.data.rows, run["tell"].status, run["on-failure"].status, run["tell"].task.data.rows, run.successful)')).toBe('[1, 2] done skipped None True\n');
  await project.headwater('open', 'nb/1', '-o', 'out.ipynb');
  const executed = JSON.parse(project.read('out.ipynb')) as { cells: { execution_count: number | null; outputs: { text?: string }[] }[] };
  expect(executed.cells.map(({ execution_count: count, outputs }) => [count, ...outputs.map(({ text }) => text)])).toEqual([[1], [null], [2], [3, 'sum\n'], [6, 'done: 3 None tell\n'], [7], [4, 'last [1, 2]\n']]);
  expect((await project.headwater('graph', 'nb.ipynb')).stdout).toMatchInlineSnapshot(`
    "nb
      load
      sum         ← load (rows)
      last        ← load (rows)
      on-failure  ← load (pid, rows) · sum (prev) · last (prev)  (on failure, opaque)
      tell        ← sum (total) · last (prev)  (on success)
    "
  `);
});

it('of a failed run are told how it failed; resume runs them anew', async () => {
  const project = make();
  project.write('fail', '');
  const { code, stdout } = await project.headwater('run', 'nb.ipynb');
  expect([code, timeless(stdout)]).toMatchInlineSnapshot(`
    [
      1,
      "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ✓ load  TIME
    sum
    ---------------------------------------------------------------------------
    ValueError                                Traceback (most recent call last)
    Cell In[3], line 3
          1 total = sum(rows)
          2 print("sum")
    ----> 3 if os.path.exists("fail"): raise ValueError("on purpose")

    ValueError: on purpose
    ✗ sum  ValueError: on purpose
    failed: sum <Failure ValueError: on purpose> False [1, 2] True
    ✓ on-failure  TIME
    ✗ nb/1 failed in cell 4, line 3
      Go on with \`headwater resume nb/1\`.
    ",
    ]
  `);
  expect((await project.headwater('logs', 'nb/1/on-failure')).stdout).toBe('failed: sum <Failure ValueError: on purpose> False [1, 2] True\n');
  expect(await project.python('import headwater\nrun = headwater.Run("nb/1")\nprint(run.data.rows, run["on-failure"].status, run["tell"].status)')).toBe('[1, 2] done skipped\n');
  const again = await project.headwater('resume', 'nb/1');
  expect([again.code, again.stdout.match(/^. (?:load|on-failure).*$/gm)?.map(timeless)]).toEqual([1, ['↻ load  reused', '✓ on-failure  TIME']]);
});

it('may fail: the verdict stands, and says so', async () => {
  const project = make([['step:a', 'x = 1'], ['on-success', 'print(x)\n1 / 0'], ['step:next on-success retry:1', 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)'], ['step:both on-success on-failure', 'print("both")']]);
  const { code, stdout } = await project.headwater('run', 'nb.ipynb');
  expect([code, timeless(stdout).replaceAll(/^(?: {4}|-+|[ >0-9]*\d |Cell In|ZeroDivisionError +T).*\n/gm, '')]).toMatchInlineSnapshot(`
    [
      0,
      "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ✓ a  TIME
    1

    ZeroDivisionError: division by zero
    ✗ on-success  ZeroDivisionError: division by zero
      next is tried again: its process died of signal 9 (SIGKILL)
    ✗ next  its process died of signal 9 (SIGKILL)
    both
    ✓ both  TIME
    ✓ nb/1 done
    ",
    ]
  `);
  expect((await project.headwater('runs', '--json')).stdout).toContain('"status":"done"');
  expect((await project.headwater('show', 'nb/1')).stdout).toMatch(/✗ {2}on-success +Failed/);
});

it('are left out when one step is tried, and ended with the run when somebody stops it', async () => {
  const project = make();
  expect(timeless((await project.headwater('run', 'nb.ipynb', '--to', 'sum')).stdout)).not.toContain('tell');
  expect(existsSync(project.path('told'))).toBe(false);
  const slow = make([['step:a', 'open("started", "w").close()\nimport time\ntime.sleep(60)'], ['on-success on-failure', 'open("ended", "w").close()']]);
  const child = slow.start(['run', 'nb.ipynb']);
  const ended = slow.end(child);
  await expect.poll(() => existsSync(slow.path('started')), { timeout: 30_000, interval: 20 }).toBe(true);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  expect(existsSync(slow.path('ended'))).toBe(false);
});
