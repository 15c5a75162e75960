// JupyterLab as a person meets it: real server, real kernel, real browser, the wheels as they are installed.

import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, load, openRun, run, tab } from '../helpers/lab-runs.ts';
import { cell, command, Lab, runCell, runPage, runsPanel, setCode, showNotebook, tagAsStep } from '../helpers/lab.ts';
import { leafThrough } from '../helpers/table-viewer.ts';
import { listenForRuns } from '../helpers/webhook.ts';

const CELLS = [
  ['parameters', 'days = 30  # how many\nnoise = 0.5'],
  ['setup', 'import pandas as pd\nimport matplotlib.pyplot as plt'],
  ['step:load', 'frame = pd.DataFrame({"day": range(days)})\nframe["t"] = frame.day * 2 + noise\nlen(frame)'],
  ['step:fit', 'from sklearn.linear_model import LinearRegression\nmodel = LinearRegression().fit(frame[["day"]], frame.t)'],
  ['', 'figure, axes = plt.subplots(figsize=(4, 2))\nline, = axes.plot(frame.day, frame.t)'],
] as const;

/** A step that ends when a file `go` is there: it is under way for as long as that takes on a slow machine. */
const UNTIL_TOLD = 'import os, time\nwhile not os.path.exists("go"):\n    time.sleep(0.1)\nvalue = 7';

const lab = new Lab();
beforeAll(() => lab.start());
afterAll(() => lab.end());

test('tag, run with a parameter, watch, load a frame, a figure and a model, use them, page through the frame, change a cell', async () => {
  const page = await lab.open('one/weather.ipynb', CELLS);
  await tagAsStep(page, 4, 'draw');
  await expect.poll(() => cell(page, 4).getAttribute('data-hw-badge')).toBe('draw ← load · never run');
  await run(page, 1, { days: '120' });
  await expect.poll(() => cell(page, 4).getAttribute('data-hw-badge')).toMatch(/^draw ← load · done /);
  await openRun(page, 1);
  expect(await runPage(page).locator('.hw-runhead').innerText()).toMatch(/weather\/1\s+Done/);
  await tab(page, 'Artifacts');
  for (const name of ['frame', 'model', 'figure']) await load(page, name);
  await showNotebook(page, 'weather.ipynb');
  expect(await runCell(page, 'print(frame.shape, round(float(model.coef_[0]), 3), type(figure).__name__, [n for n in dir() if "headwater" in n], In[1][:5])')).toBe("(120, 2) 2.0 Figure [] print");
  // All this on a machine without Node.
  expect(await runCell(page, 'print([__import__("shutil").which(name) for name in ("node", "nodejs", "npm")])')).toBe('[None, None, None]');
  // As where it was made: a picture, though nothing here has made one.
  await runCell(page, 'figure');
  await page.locator('.jp-Notebook:visible .jp-Cell').last().locator('.jp-RenderedImage img').waitFor();
  // The notebook on disk was never saved, and what ran is what was on the screen.
  expect(lab.read('one/weather.ipynb').cells[4]?.metadata).toEqual({});
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  await runPage(page).getByRole('row', { name: /^frame / }).getByRole('cell').first().click();
  await runPage(page).getByRole('button', { name: 'Open as table' }).click();
  await leafThrough(page.locator('.hw-tableview:visible'));
  await showNotebook(page, 'weather.ipynb');
  const flow = page.locator('.hw-flow li');
  await expect.poll(() => flow.allInnerTexts()).toEqual([expect.stringMatching(/^load\sDone/), expect.stringMatching(/^fit\sDone/), expect.stringMatching(/^draw\sDone/)]);
  await setCode(page, 2, 'frame = pd.DataFrame({"day": range(days)})\nframe["t"] = frame.day * 3 + noise');
  await expect.poll(() => flow.allInnerTexts()).toEqual([expect.stringMatching(/^load\sstale: code changed/), expect.stringMatching(/^fit\sstale because load changed/), expect.stringMatching(/^draw\sstale because load changed/)]);
  await page.close();
});

test('a run that fails is restored, fixed and resumed; its outputs go under the cells', async () => {
  const page = await lab.open('two/weather.ipynb', [...CELLS.slice(0, 3), ['step:fit', 'half = frame.t.sum() / 2\nhalf / 0 if len(frame) else 1\nraise ValueError("no data for " + str(days))']]);
  await run(page, 1);
  const notice = page.locator('.Toastify__toast', { hasText: 'weather/1 failed: in fit, ValueError' });
  await notice.waitFor();
  await openRun(page, 1);
  const failures = runPage(page).getByRole('region', { name: 'What failed' });
  expect(await failures.innerText()).toContain('ValueError: no data for 30 cell 4, line 3');
  await failures.getByRole('button', { name: 'Restore step' }).click();
  await expect.poll(() => cell(page, 3).getAttribute('class')).toContain('jp-mod-active');
  expect(await runCell(page, 'print(half, len(frame))')).toBe('442.5 30');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await setCode(page, 3, 'half = float(frame.t.sum()) / 2\nhalf');
  await command(page, 'Resume Last Run');
  await ended(page, 2);
  // It once stayed until somebody closed it, whatever had become of that run.
  await notice.waitFor({ state: 'detached' });
  await runsPanel(page).getByRole('img', { name: 'Last 2 runs by duration: 1 failed, 1 done' }).waitFor();
  expect(await runsPanel(page).locator('.hw-strip > span').innerText()).toMatch(/^Last 2 runs\nmedian \d/);
  // It may be midnight.
  expect(await runsPanel(page).locator('.hw-sectiontitle').first().innerText()).toMatch(/^(Today|Yesterday)$/);
  await openRun(page, 2);
  await tab(page, 'Graph');
  await expect.poll(() => runPage(page).locator('.hw-node').first().innerText()).toMatch(/load[^]*Reused/);
  await showNotebook(page, 'weather.ipynb');
  await command(page, 'Write Outputs of Last Run');
  await expect.poll(() => cell(page, 3).locator('.jp-OutputArea-output').allInnerTexts()).toEqual(['442.5']);
  await command(page, 'Load Last Run');
  await page.getByRole('button', { name: /^Replace \d+ names$/ }).click();
  await page.getByText(/Everything at the end of weather\/2 is in weather.ipynb/).first().waitFor();
  await page.close();
});

test('the service is killed in mid-run, the page reloaded, the kernel restarted: the run goes on, and the panels say what happened', async () => {
  const page = await lab.open('three/slow.ipynb', [['step:slow', UNTIL_TOLD]]);
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await runsPanel(page).getByText('Running').nth(1).waitFor();
  process.kill(lab.enginePid(), 'SIGKILL');
  await runsPanel(page).getByText(/Reconnecting|Running|steps/).first().waitFor();
  writeFileSync(lab.path('three/go'), '');
  await ended(page, 1);
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  await load(page, 'value');
  await showNotebook(page, 'slow.ipynb');
  await command(page, 'Restart Kernel…');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Confirm Kernel Restart' }).click();
  await page.getByRole('button', { name: 'Load all again' }).click();
  await page.getByText('Loaded again: value.').first().waitFor();
  await page.reload();
  // It shows the notebook once all has come back.
  await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
  await page.locator('[data-status="idle"]').first().waitFor();
  await page.locator('.lm-DockPanel-tabBar .lm-TabBar-tab', { hasText: 'slow/1' }).click();
  await runPage(page).getByText('slow/1').first().waitFor();
  await page.close();
});

test('the server is killed in mid-run and started again: the run went on, and the panels are there again', async () => {
  const page = await lab.open('eight/slow.ipynb', [['step:slow', UNTIL_TOLD]]);
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await runsPanel(page).getByText('Running').nth(1).waitFor();
  // JupyterLab says it too, when it has tried often enough.
  await page.addLocatorHandler(page.locator('.jp-Dialog', { hasText: /Server Connection Error|Error Starting Kernel/ }), (said) => said.getByRole('button').first().click());
  await lab.killServer();
  await runsPanel(page).getByText('Reconnecting').waitFor();
  await lab.startServer();
  writeFileSync(lab.path('eight/go'), '');
  await ended(page, 1);
  await openRun(page, 1);
  await runPage(page).getByText('Done').first().waitFor();
  await page.close();
});

test('mistakes are sentences: a name that is taken, a step name that is none, a parameter that does not fit, a cycle', async () => {
  const page = await lab.open('four/weather.ipynb', CELLS);
  await tagAsStep(page, 4, 'a b/c');
  await page.getByText('`a b/c` cannot be the name of a step.').waitFor();
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Close' }).click();
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await page.locator('#hw-parameter-days').fill('many');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Run flow' }).click();
  await page.locator('.jp-Dialog', { hasText: 'This notebook was not run' }).getByText(/days/).waitFor();
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Close' }).click();
  await run(page, 1);
  expect(await runCell(page, 'frame = "mine"; print(frame)')).toBe('mine');
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  await runPage(page).getByRole('row', { name: /^frame / }).getByRole('button', { name: 'Load', exact: true }).click();
  await page.locator('.jp-Dialog').getByText('frame is a str in this notebook already.').waitFor();
  expect(await page.locator('.jp-Dialog input').inputValue()).toBe('frame_1');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Load under this name' }).click();
  await runPage(page).getByText('Loaded as frame_1').waitFor();
  await page.close();
});

test('what is typed and tagged is looked at each time, in a notebook with unsaved changes too', async () => {
  const page = await lab.open('five/typed.ipynb', [['step:a', 'x = 1'], ['step:b', 'y = 2'], ['', 'z = y']]);
  const badges = () => page.locator('.jp-Notebook:visible .jp-Cell').evaluateAll((cells) => cells.map((each) => (each as unknown as { getAttribute: (name: string) => string | null }).getAttribute('data-hw-badge')));
  const shows = (...expected: (string | null)[]) => expect.poll(badges).toEqual(expected);
  await shows('a · never run', 'b · never run', null);
  await setCode(page, 1, 'y = x');
  await shows('a · never run', 'b ← a · never run', null);
  await tagAsStep(page, 2, 'c');
  await shows('a · never run', 'b ← a · never run', 'c ← b · never run');
  await setCode(page, 2, 'z = x');
  await shows('a · never run', 'b ← a · never run', 'c ← a · never run');
  await page.close();
});

test('a foreach: counted, failed tasks grouped, one found by its value, tried in the kernel, an artifact of another loaded', async () => {
  const page = await lab.open('six/sweep.ipynb', [
    ['step:make', 'rates = [0.1, 0.01, 0.001]\nlimit = 0.05'],
    ['step:train foreach:lr=rates', 'print("training", lr)\nscore = 1 - lr\nif lr < limit:\n    raise ValueError(f"rate {lr} is too small")'],
    ['step:pick join:scores=score', 'best = max(scores)'],
  ]);
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await ended(page, 1);
  expect(await runsPanel(page).locator('.hw-row').first().innerText()).toContain('2 of 3 in train');
  await expect.poll(() => cell(page, 1).getAttribute('data-hw-badge')).toMatch(/^train ← make · each lr in rates · 2 of 3 failed/);
  await openRun(page, 1);
  expect(await runPage(page).getByRole('region', { name: 'What failed' }).innerText()).toContain('train failed: 2 of 3 tasks. pick was not reached.');
  const node = runPage(page).locator('[data-step="train"]');
  expect(await node.innerText()).toContain('2 failed · 1 done');
  // By keyboard alone: the node, its map, the second square.
  await node.press('Enter');
  const map = runPage(page).getByRole('listbox', { name: 'Tasks of train' });
  await map.press('ArrowRight');
  await map.press('Enter');
  await runPage(page).locator('.hw-showing').getByText('train[1] ×').waitFor();
  await runPage(page).getByRole('textbox', { name: 'Find a task' }).fill('lr=0.001');
  await runPage(page).locator('.hw-branch', { hasText: '[2]' }).click();
  await tab(page, 'Logs');
  await runPage(page).getByRole('log').getByText('training 0.001').waitFor();
  await runPage(page).locator('aside').getByRole('button', { name: 'Try this branch' }).click();
  await page.getByText(/train\[2\] of sweep\/1 at the failure is in sweep.ipynb/).first().waitFor();
  expect(await runCell(page, 'print(lr, score, limit)')).toBe('0.001 0.999 0.05');
  await openRun(page, 1);
  await tab(page, 'Tasks');
  await runPage(page).getByRole('textbox', { name: 'Find tasks' }).fill('lr=0.1');
  await runPage(page).getByRole('button', { name: 'train[0]' }).click();
  await tab(page, 'Artifacts');
  await runPage(page).getByRole('row', { name: /^score / }).getByRole('button', { name: 'Load', exact: true }).click();
  await page.locator('.jp-Dialog').getByRole('button', { name: /^Replace score$/ }).click();
  await runPage(page).getByText('Loaded as score').waitFor();
  await showNotebook(page, 'sweep.ipynb');
  expect(await runCell(page, 'print(score)')).toBe('0.9');
  // All tasks at once: the list is of those that came to their end, and says whom it lacks.
  await openRun(page, 1);
  await runPage(page).locator('.hw-showing button').click();
  await runPage(page).getByRole('region', { name: 'All tasks of train' }).getByRole('button', { name: 'Load list' }).click();
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Load under this name' }).click();
  await page.getByText(/score_1 is in sweep\.ipynb: list.*Without train\[1\], train\[2\]/).first().waitFor();
  await showNotebook(page, 'sweep.ipynb');
  expect(await runCell(page, 'print(score_1)')).toBe('[0.9]');
  await page.close();
});

test('while an environment is built for a run, the person is told', async () => {
  const page = await lab.open('seven/packages.ipynb', [['step:old pip:six==1.15.0', 'import six\nold = six.__version__\nold']]);
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  const told = page.getByText(/packages\.ipynb runs after this: building the environment of old: \d+ packages\./);
  await told.first().waitFor();
  await ended(page, 1);
  await expect.poll(() => told.count()).toBe(0);
  await command(page, 'Write Outputs of Last Run');
  await expect.poll(() => cell(page, 0).locator('.jp-OutputArea-output').allInnerTexts()).toEqual(["'1.15.0'"]);
  await page.close();
});

test('cells for the end of a run: named as such before, run by how it ended, and the project is told', async () => {
  const page = await lab.open('nine/closing.ipynb', [
    ['step:make', 'import os\nrows = [1, 2]\nif os.path.exists("fail"): raise ValueError("on purpose")'],
    ['step:tell on-success', 'print("done:", len(rows), "rows")'],
    ['step:warn on-failure', 'import headwater\nprint("failed:", headwater.current.failure)'],
  ]);
  const hook = await listenForRuns();
  writeFileSync(lab.path('nine/headwater.json'), JSON.stringify({ notify: { webhook: hook.url, when: 'always' } }));
  const marks = () => page.locator('.jp-Notebook:visible .jp-Cell').evaluateAll((cells) => cells.map((each) => (each as unknown as { getAttribute: (name: string) => string | null }).getAttribute('data-hw-badge')));
  const shown = async (number: number) => {
    await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
    await ended(page, number);
    await openRun(page, number);
    await runPage(page).getByRole('heading', { name: `closing/${String(number)}` }).waitFor();
    await tab(page, 'Graph');
    const nodes = await runPage(page).locator('.hw-node').allInnerTexts();
    return nodes.map((text) => [/make|tell|warn/, /Done|Failed|the run .*/].map((word) => word.exec(text)?.[0]).join(': '));
  };
  await expect.poll(marks).toEqual(['make · never run', 'tell ← make · on success · never run', 'warn ← make · on failure · never run']);
  expect(await shown(1)).toEqual(['make: Done', 'tell: Done', 'warn: the run did not fail']);
  await tab(page, 'Logs');
  await runPage(page).getByRole('log').getByText('done: 2 rows').waitFor();
  writeFileSync(lab.path('nine/fail'), '');
  await showNotebook(page, 'closing.ipynb');
  expect(await shown(2)).toEqual(['make: Failed', 'tell: the run failed', 'warn: Done']);
  // What failed is what failed; a cell that was told of it is none of that.
  expect(await runPage(page).getByRole('region', { name: 'What failed' }).innerText()).toContain('make failed.');
  await runPage(page).locator('[data-step="warn"]').click();
  await tab(page, 'Logs');
  await runPage(page).getByRole('log').getByText('failed: <Failure ValueError: on purpose>').waitFor();
  await showNotebook(page, 'closing.ipynb');
  await expect.poll(marks).toEqual([expect.stringMatching(/^make · failed/), 'tell ← make · on success · skipped', expect.stringMatching(/^warn ← make · on failure · done/)]);
  await expect.poll(() => hook.texts).toEqual([expect.stringMatching(/^closing\/1 done after/), expect.stringMatching(/^closing\/2 failed after .*: make: ValueError: on purpose$/)]);
  await page.close();
});

test('no error reached the browser', () => {
  expect(lab.errors.filter((error) => !/ResizeObserver/.test(error))).toEqual([]);
});
