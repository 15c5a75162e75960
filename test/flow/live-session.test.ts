// What the editors ask of a live kernel: names of runs bound in the namespace of a person, where that person allows it.

import { existsSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { askKernel } from '../helpers/kernel.ts';
import { Project } from '../helpers/project.ts';

const CELLS = [
  ['parameters', 'scale = 2'],
  ['step:make', 'items = [1, 2]\nalias = items\ndef scaled(x):\n    return x * scale'],
  ['step:use', 'alias.append(3)\nimport threading\nlock = threading.Lock()\nlock.acquire()'],
  ['step:fail', 'half = scaled(5)\nhalf / 0'],
] as const;

async function open(): Promise<{ project: Project; store: string }> {
  const project = new Project();
  project.notebook('flow.ipynb', CELLS);
  await project.run('flow.ipynb');
  return { project, store: project.path('.headwater') };
}

test('one artifact is bound under the name asked for, and nothing else', async () => {
  const { project, store } = await open();
  const load = { do: 'load', store, path: 'flow/1/make/items', as: 'mine', overwrite: false } as const;
  const { answers, printed } = await askKernel(project, [load, 'print(mine, sorted(name for name in globals() if name[0] != "_"))', 'mine = "my own"', load, 'print(mine)', { ...load, overwrite: true }, 'print(mine)']);
  expect(printed).toBe("[1, 2] ['mine']\nmy own\n[1, 2]\n");
  expect(answers.map((answer) => answer.status)).toEqual(['ok', 'taken', 'ok']);
  expect(answers[1]).toEqual({ status: 'taken', names: [{ name: 'mine', was: 'str', will: 'list' }] });
});

test('the names at a failure: aliases are one object, and functions work on the person\'s own names', async () => {
  const { project, store } = await open();
  const restore = { do: 'restore', store, run: 'flow/1', step: 'fail', moment: 'failure', overwrite: false } as const;
  const { answers, printed } = await askKernel(project, [restore, 'print(items, alias is items, half, scaled(1))', 'scale = 10', 'print(scaled(1))', { ...restore, moment: 'start' }, 'print(scale)']);
  expect(printed).toBe('[1, 2, 3] True 10 2\n10\n10\n');
  expect(answers[0]).toMatchObject({ status: 'ok', skipped: ['lock'] });
  expect(answers[1]).toMatchObject({ status: 'taken' });
});

test('all of a run, and a restore that replaces', async () => {
  const { project, store } = await open();
  const { answers, printed } = await askKernel(project, ['items = None', { do: 'load-run', store, run: 'flow/1', overwrite: true }, 'print(items, alias is items)']);
  expect([answers.map((answer) => answer.status), printed]).toEqual([['ok'], '[1, 2, 3] True\n']);
});

test('a branch is tried: its item, what it had at its failure, and an artifact of another one by its value', async () => {
  const project = new Project();
  project.notebook('flow.ipynb', [['step:make', 'rates = [0.1, 0.01]\nlimit = 0.05'], ['step:train foreach:lr=rates', 'score = 1 - lr\nassert lr > limit'], ['step:pick join', 'best = 1']]);
  await project.run('flow.ipynb');
  const store = project.path('.headwater');
  const { answers, printed } = await askKernel(project, [
    { do: 'restore', store, run: 'flow/1', step: 'train[1]', moment: 'failure', overwrite: false }, 'print(lr, score, limit)',
    { do: 'load', store, path: 'flow/1/train[lr=0.1]/score', as: 'other', overwrite: false }, 'print(other)',
  ]);
  expect([answers.map((answer) => answer.status), printed]).toEqual([['ok', 'ok'], '0.01 0.99 0.05\n0.9\n']);
});

test('one name of all branches is a list, in order, nested ones too; those without it are named', async () => {
  const project = new Project();
  project.notebook('flow.ipynb', [
    ['step:make', 'rates = [0.1, 0.2, 0.01, 0.3]'], ['step:train foreach:lr=rates', 'ones = [1, 2]\nassert lr > 0.05\nscore = [lr]\nif lr > 0.25:\n    del score'],
    ['step:inner foreach:c=ones', 'product = round(lr * c, 2)'], ['step:close join', 'closed = True'], ['step:end join', 'best = 1'],
  ]);
  await project.run('flow.ipynb');
  const load = { do: 'load', store: project.path('.headwater'), as: 'them', overwrite: true } as const;
  const { answers, printed } = await askKernel(project, [
    { ...load, path: 'flow/1/train[*]/score' }, 'print(them)', { ...load, path: 'flow/1/inner[*]/product' }, 'print(them)',
    { ...load, path: 'flow/1/make[*]/rates' }, { ...load, path: 'flow/1/train[*]/nothing' },
    'import headwater, warnings', 'with warnings.catch_warnings(record=True) as said: print(headwater.load("flow/1/train[*]/score"), [str(each.message) for each in said])',
  ]);
  expect(printed).toBe("[[0.1], [0.2]]\n[0.1, 0.2, 0.2, 0.4, 0.3, 0.6]\n[[0.1], [0.2]] ['the list is without train[2], train[3]: no `score` came to an end there']\n");
  expect(answers.map((answer) => (answer.status === 'ok' ? answer.skipped : answer.status === 'failed' ? answer.sentence : answer))).toEqual([
    ['train[2]', 'train[3]'], ['train[2]'],
    'flow/1/make[*]/rates cannot be loaded: flow/1/make is in no foreach: it has no branches. Nothing was bound.',
    'flow/1/train[*]/nothing cannot be loaded: no branch of flow/1/train came to its end with a `nothing`. Nothing was bound.',
  ]);
});

test('what cannot be loaded is a sentence, and binds nothing', async () => {
  const { project, store } = await open();
  const { answers } = await askKernel(project, [
    { do: 'load', store, path: 'flow/1/use/lock', as: 'lock', overwrite: false },
    { do: 'load', store, path: 'flow/9/use/lock', as: 'lock', overwrite: false },
    { do: 'load', store: `${store}/nowhere`, path: 'flow/1/make/items', as: 'x', overwrite: false },
    'assert "lock" not in globals() and "x" not in globals()',
  ]);
  expect(answers.map((answer) => (answer.status === 'failed' ? answer.sentence.replaceAll(project.folder, 'PROJECT') : answer.status))).toEqual([
    'flow/1/use/lock cannot be loaded: lock of flow/1/use.0 was not stored: a held lock. Make it in setup, or in the step that uses it. Nothing was bound.',
    'flow/9/use/lock cannot be loaded: there is no run flow/9 in PROJECT/.headwater. Nothing was bound.',
    'flow/1/make/items cannot be loaded: there is no store at PROJECT/.headwater/nowhere. Nothing was bound.',
  ]);
});

test('an artifact that needs a module the kernel lacks names the module', async () => {
  const project = new Project();
  project.write('shapes.py', 'class Square:\n    side = 2\n');
  project.notebook('flow.ipynb', [['setup', 'import shapes'], ['step:make', 'square = shapes.Square()']]);
  await project.run('flow.ipynb');
  rmSync(project.path('shapes.py'));
  const { answers } = await askKernel(project, [{ do: 'load', store: project.path('.headwater'), path: 'flow/1/make/square', as: 'square', overwrite: false }, 'assert "square" not in globals()']);
  expect(answers).toEqual([{
    status: 'failed', code: 'module-missing', module: 'shapes', install: null, sentence: 'flow/1/make/square needs shapes, which the kernel does not have. Nothing was bound.',
    hint: 'No package of that name is known of the run: it may be a module of the project that is gone or stands elsewhere.',
  }]);
});

// `pip install` of a module's name was advised: of a module of the project that installs whatever a stranger has put under that name.
test('a package that the kernel lacks is named as the run had it, in its version and under the name that pip knows', async () => {
  const project = new Project();
  const install = (name: string, version: string, module: string, source: string) => {
    project.write(`../site/${module}`, source);
    project.write(`../site/${name}-${version}.dist-info/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
  };
  install('light.shapes', '4.6.0+cu118', 'light_shapes.py', 'class Square:\n    side = 2\n');
  install('beautifulsoup4', '4.12.3', 'bs4/__init__.py', '');
  project.write('../site/bs4/soup.py', 'class Soup:\n    pass\n');
  project.env['PYTHONPATH'] = project.path('../site');
  project.notebook('flow.ipynb', [['setup', 'import light_shapes, bs4.soup'], ['step:make', 'square, soup = light_shapes.Square(), bs4.soup.Soup()']]);
  await project.run('flow.ipynb');
  // What a run ran with is written down when nobody waits for it any more.
  await expect.poll(() => existsSync(project.path('.headwater/flows/flow/runs/00000001/environment.json')), { timeout: 60_000 }).toBe(true);
  const load = { do: 'load', store: project.path('.headwater'), as: 'x', overwrite: false } as const;
  const { answers } = await askKernel(project, [
    { ...load, path: 'flow/1/make/square' }, { ...load, path: 'flow/1/make/soup' }, { do: 'load-run', store: load.store, run: 'flow/1', overwrite: false },
    // A version of it that lacks a part.
    'import sys, types; sys.modules["bs4"] = types.ModuleType("bs4"); sys.modules["bs4"].__path__ = []; sys.modules["bs4"].__spec__ = types.SimpleNamespace(name="bs4")',
    { ...load, path: 'flow/1/make/soup' },
  ]);
  expect(answers.map((answer) => (answer.status === 'failed' ? [answer.install, answer.sentence, answer.hint] : answer.status))).toEqual([
    ['light.shapes==4.6.0', 'flow/1/make/square needs light_shapes. Made with 4.6.0; the kernel does not have it. Nothing was bound.', "Install it in the kernel's environment, then load again."],
    ['beautifulsoup4==4.12.3', 'flow/1/make/soup needs bs4. Made with 4.12.3; the kernel does not have it. Nothing was bound.', "Install it in the kernel's environment, then load again."],
    [expect.stringMatching(/==4\./), expect.stringMatching(/^flow\/1 needs \w+\. Made with 4/), "Install it in the kernel's environment, then load again."],
    ['beautifulsoup4==4.12.3', 'flow/1/make/soup needs bs4.soup. Made with 4.12.3; the kernel does not have it. Nothing was bound.', "Install it in the kernel's environment, then load again."],
  ]);
});

test('what only some steps have is named for them', async () => {
  const project = new Project();
  project.notebook('flow.ipynb', [['step:make', 'one = 1'], ['step:old pip:six==1.15.0', 'import six\nkeys = six.MovedModule("a", "b")']]);
  await project.run('flow.ipynb');
  const store = project.path('.headwater');
  const { answers } = await askKernel(project, [
    'import sys; sys.modules["six"] = None', { do: 'load', store, path: 'flow/1/old/keys', as: 'keys', overwrite: false },
    { do: 'restore', store, run: 'flow/1', step: 'old', moment: 'failure', overwrite: false },
  ]);
  expect(answers.map((answer) => (answer.status === 'failed' ? answer.install : answer.status))).toEqual(['six==1.15.0', 'six==1.15.0']);
});
