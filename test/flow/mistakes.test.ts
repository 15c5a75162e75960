// Every mistake a person can make gets one sentence that names the cell, step or file, a hint, and the right exit code.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { notebookText, type CellLiteral } from '../helpers/notebook.ts';
import { Project, type Ended } from '../helpers/project.ts';

/** An interpreter below the floor, where pyenv keeps one. */
const PYENV = path.join(process.env['PYENV_ROOT'] ?? path.join(os.homedir(), '.pyenv'), 'versions');
const OLD = (existsSync(PYENV) ? readdirSync(PYENV) : []).filter((each) => /^3\.[678]\./.test(each)).map((each) => path.join(PYENV, each, 'bin/python'))[0];

async function runCells(cells: readonly CellLiteral[], ...args: string[]): Promise<Ended> {
  const project = new Project();
  project.notebook('nb.ipynb', cells);
  return project.headwater('run', 'nb.ipynb', ...args);
}

async function runText(name: string, text: string): Promise<Ended> {
  const project = new Project();
  project.write(name, text);
  return project.headwater('run', name);
}

/** What a person sees of a refusal: the exit code and the error stream; nothing stands on stdout. */
function refusal({ code, stdout, stderr }: Ended): string {
  return `${stdout}exit ${code}\n${stderr}`;
}

describe('the file', () => {
  it('missing', async () => expect(refusal(await new Project().headwater('run', 'none.ipynb'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ There is no file PROJECT/none.ipynb.
      Check the name, or write one to start from with \`headwater init\`.
    "
  `));
  it('a folder', async () => expect(refusal(await new Project().headwater('run', '.'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ PROJECT is a folder.
      Name a notebook in it.
    "
  `));
  it('not JSON', async () => expect(refusal(await runText('nb.ipynb', 'hello'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ nb.ipynb is no notebook: it is not JSON.
    "
  `));
  it('empty', async () => expect(refusal(await runText('nb.ipynb', ''))).toMatchInlineSnapshot(`
    "exit 2
    ✗ nb.ipynb is empty.
      Open it in a notebook editor and save it, or start from one with \`headwater init\`.
    "
  `));
  it('of another kind', async () => expect(refusal(await runText('nb.txt', 'hello'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ nb.txt is no notebook: its name ends neither in .ipynb nor in .py.
      Headwater reads Jupyter notebooks and Python scripts with \`# %%\` cells.
    "
  `));
  it('nbformat 3', async () => expect(refusal(await runText('nb.ipynb', '{"nbformat": 3, "metadata": {}, "worksheets": []}'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ nb.ipynb has the old notebook format 3.
      Convert it with \`jupyter nbconvert --to notebook --inplace nb.ipynb\`.
    "
  `));
  it('another language', async () => {
    expect(refusal(await runText('nb.ipynb', notebookText([['step:a', 'x <- 1']], { kernelspec: { name: 'ir', language: 'R' } })))).toMatchInlineSnapshot(`
      "exit 2
      ✗ nb.ipynb is a notebook for R; Headwater runs Python notebooks.
      "
    `);
  });
});

describe('the notebook', () => {
  it('no tags', async () => expect(refusal(await runCells([['', 'x = 1']]))).toMatchInlineSnapshot(`
    "exit 1
    ✗ No cell of the notebook is tagged as a step. no-steps
        Tag cells \`step:NAME\`, or let \`headwater init --from\` propose tags.
    nb.ipynb was not run.
    "
  `));
  it('a syntax error', async () => expect(refusal(await runCells([['step:a', 'x = 1\nif x:\nprint(x)']]))).toMatchInlineSnapshot(`
    "exit 1
    ✗ cell 1, line 3: Step \`a\` does not compile, in line 3: expected an indented block after 'if' statement on line 2. syntax-error
    nb.ipynb was not run.
    "
  `));
  it('a split step', async () => expect(refusal(await runCells([['step:a', 'x = 1'], ['step:b', 'x += 1'], ['step:a', 'print(x)']]))).toMatchInlineSnapshot(`
    "exit 1
    ✗ cell 3: Step \`a\` goes on here, but step \`b\` stands between its cells, and both use \`x\`. split-step
        Cells of one step run together at the place of the first: move this cell up, or make it a step of its own.
    nb.ipynb was not run.
    "
  `));
  it('an unknown prev', async () => expect(refusal(await runCells([['step:a', 'x = 1'], ['step:b prev:nope', 'y = 1']]))).toMatchInlineSnapshot(`
    "exit 1
    ✗ cell 2: Step \`b\` is to run after \`nope\`, but there is no such step. unknown-prev
        Steps are \`a\`, \`b\`.
    nb.ipynb was not run.
    "
  `));
  it('a cycle', async () => expect(refusal(await runCells([['step:a prev:b', 'x = 1'], ['step:b', 'y = 1']]))).toMatchInlineSnapshot(`
    "exit 1
    ✗ cell 1: Step \`a\` is to run after \`b\`, which stands below it. cycle
        Steps run in notebook order: move the cell, or take the tag off.
    nb.ipynb was not run.
    "
  `));
  it('a bad name', async () => expect(refusal(await runCells([['step:a/b', 'x = 1']]))).toMatchInlineSnapshot(`
    "exit 1
    ✗ cell 1: The tag \`step:a/b\` wants a name of letters, digits, \`_\` and \`-\`. bad-tag-value
    nb.ipynb was not run.
    "
  `));
  it('a bad value', async () => expect(refusal(await runCells([['step:a on:moon', 'x = 1']]))).toMatchInlineSnapshot(`
    "exit 1
    ✗ cell 1: The tag \`on:moon\` wants local, kubernetes or batch. bad-tag-value
    nb.ipynb was not run.
    "
  `));
  it('a tag whose meaning is not built yet', async () => expect(refusal(await runCells([['step:a notebook:b.ipynb', 'x = 1']]))).toMatchInlineSnapshot(`
    "exit 1
    ✗ cell 1: The tag \`notebook:b.ipynb\` asks for something that this version cannot do yet. tag-not-built
        Take the tag off to run without it.
    nb.ipynb was not run.
    "
  `));
  it('a near miss runs, and says so', async () => expect(refusal(await runCells([['stpe:train', 'x = 1'], ['step:b', 'y = 1']]))).toMatchInlineSnapshot(`
    "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ✓ b  TIME
    ✓ nb/1 done
    exit 0
    ⚠ cell 1: The tag \`stpe:train\` is no tag of Headwater; \`step\` is. near-miss-tag
        If it belongs to another tool, leave it; it has no meaning here.
    "
  `));
  it('a name nobody binds', async () => expect((await runCells([['step:a', 'print(zzz)']])).stderr).toMatchInlineSnapshot(`
    "⚠ cell 1, line 1: Step \`a\` reads \`zzz\`, which nothing in the notebook binds. unresolved-name
        A run would fail here with a NameError.
    "
  `));
  it('a name bound only in scratch', async () => {
    expect((await runCells([['', 'import os\nq = len(os.listdir("."))'], ['step:a', 'print(q)']])).stderr).toMatchInlineSnapshot(`
      "⚠ cell 2, line 1: Step \`a\` reads \`q\`, bound only in cell 1, which is not part of the flow. scratch-provider
          Tag that cell \`setup\`, or give it to a step.
      "
    `);
  });
});

describe('parameters', () => {
  const cells: readonly CellLiteral[] = [['parameters', 'epochs = 3\nrate: float = 0.1'], ['step:a', 'print(epochs, rate)']];
  it('unknown', async () => expect(refusal(await runCells(cells, '-p', 'epoch=1'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ nb.ipynb has no parameter \`epoch\`.
      It has epochs, rate.
    "
  `));
  it('badly typed', async () => expect(refusal(await runCells(cells, '-p', 'epochs=ten'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ \`epochs\` wants an int, \`ten\` is none.
    "
  `));
  it('not name=value', async () => expect(refusal(await runCells(cells, '-p', 'epochs'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ \`-p epochs\` is not name=value.
      For example: -p alpha=0.1
    "
  `));
  it('where there are none', async () => expect(refusal(await runCells([['step:a', 'x = 1']], '-p', 'a=1'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ nb.ipynb has no parameter \`a\`.
      The notebook has no cell tagged \`parameters\`.
    "
  `));
});

describe('a step', () => {
  it('raises', async () => expect(refusal(await runCells([['step:a', 'x = 1'], ['step:b', 'def f():\n    raise ValueError("no good")\nf()']]))).toMatchInlineSnapshot(`
    "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ✓ a  TIME
    ---------------------------------------------------------------------------
    ValueError                                Traceback (most recent call last)
    Cell In[2], line 3
          1 def f():
          2     raise ValueError("no good")
    ----> 3 f()

    Cell In[2], line 2, in f()
          1 def f():
    ----> 2     raise ValueError("no good")

    ValueError: no good
    ✗ b  ValueError: no good
    ✗ nb/1 failed in cell 2, line 2
      Go on with \`headwater resume nb/1\`.
    exit 1
    "
  `));
  it('is killed', async () => expect(refusal(await runCells([['step:a', 'import os\nos.kill(os.getpid(), 9)']]))).toMatchInlineSnapshot(`
    "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ✗ a  its process died of signal 9 (SIGKILL)
    ✗ nb/1 failed in cell 1
      Go on with \`headwater resume nb/1\`.
    exit 1
    "
  `));
  it('dies of a segmentation fault', async () => expect(refusal(await runCells([['step:a', 'import ctypes\nctypes.string_at(0)']]))).toMatchInlineSnapshot(`
    "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ✗ a  its process died of a segmentation fault: a library in C read or wrote memory it must not
    ✗ nb/1 failed in cell 1
      Go on with \`headwater resume nb/1\`.
    exit 1
    "
  `));
  it('leaves the process', async () => expect(refusal(await runCells([['step:a', 'import os\nos._exit(4)']]))).toMatchInlineSnapshot(`
    "PYTHON · the active environment .venv
    nb/1 · nb.ipynb
    ✗ a  its process ended with exit code 4 in the middle of a cell
    ✗ nb/1 failed in cell 1
      Go on with \`headwater resume nb/1\`.
    exit 1
    "
  `));
  it('asks for input', async () => expect((await runCells([['step:a', 'input("name?")']])).stdout).toContain('✗ a  NoInput: a run has nobody to answer input(): make it a parameter\n'));
  it('calls sys.exit', async () => expect((await runCells([['step:a', 'import sys\nsys.exit(2)']])).stdout).toContain('✗ a  SystemExit: the cell called sys.exit(2), which ends a script but not a notebook\n'));
  it('reads a name that only a skipped step binds', async () => {
    expect((await runCells([['step:a', 'ready = False'], ['step:b when:ready', 'x = 1'], ['step:c', 'print(x)']])).stdout).toContain("✗ c  NameError: name 'x' is not defined: only b binds it, which was skipped, since `ready` is not true\n");
  });
  it('leaves a thread running', async () => {
    expect((await runCells([['step:a', 'import threading, time\nthreading.Thread(target=time.sleep, args=[3], name="slow").start()']])).stdout).toContain('⚠ a: still running when the step ended: slow\n');
  });
});

describe('the interpreter', () => {
  const runUnder = async (python: string, code = 'x = 1') => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', code]]);
    return refusal(await project.headwater('run', 'nb.ipynb', '--python', python));
  };

  it('missing', async () => expect(await runUnder('./none/bin/python')).toMatchInlineSnapshot(`
    "exit 2
    ✗ There is no Python interpreter at PROJECT/none/bin/python.
      \`--python\` takes the path of one, such as .venv/bin/python.
    "
  `));
  it('not on the path', async () => expect(await runUnder('python9')).toMatchInlineSnapshot(`
    "exit 2
    ✗ No \`python9\` was found on the path.
      Install Python 3.9 or newer, activate an environment, or name one with \`--python\`.
    "
  `));
  it('no Python at all', async () => expect(await runUnder('/bin/false')).toMatchInlineSnapshot(`
    "exit 2
    ✗ /bin/false does not work as a Python interpreter: The worker of this run ended (exit code 1).
      \`--python\` names another.
    "
  `));
  it.skipIf(OLD === undefined)('too old', async () => expect((await runUnder(OLD ?? '')).replaceAll(OLD ?? '', 'OLD').replace(/3\.\d\.\d+/, '3.X.Y')).toMatchInlineSnapshot(`
    "exit 2
    ✗ OLD is Python 3.X.Y; cells need Python 3.9 or newer.
      Choose another with \`--python\`, or activate an environment that has one.
    "
  `));
  it('without IPython, for a cell that needs it', async () => {
    const bare = path.join(new Project().folder, 'bare');
    execFileSync('python', ['-m', 'venv', '--without-pip', bare]);
    expect((await runUnder(path.join(bare, 'bin/python'), '%time x = 1')).replaceAll(bare, 'BARE')).toMatchInlineSnapshot(`
      "exit 1
      ✗ cell 1, line 1: Step \`a\` does not compile, in line 1: magics and shell lines need IPython (BARE/bin/python -m pip install ipython). syntax-error
      nb.ipynb was not run.
      "
    `);
  });
});

describe('the command line', () => {
  it('an unknown verb', async () => expect(refusal(await new Project().headwater('rnu', 'x'))).toMatchInlineSnapshot(`
    "exit 2
    error: unknown command 'rnu'
    (Did you mean run?)
    "
  `));
  it('a missing argument', async () => expect(refusal(await new Project().headwater('run'))).toMatchInlineSnapshot(`
    "exit 2
    error: missing required argument 'notebook'
    "
  `));
  it('an unknown option', async () => expect(refusal(await new Project().headwater('run', 'x', '--wrkers', '2'))).toMatchInlineSnapshot(`
    "exit 2
    error: unknown option '--wrkers'
    "
  `));
  it('an unknown run', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'x = 1']]);
    await project.run('nb.ipynb');
    expect(refusal(await project.headwater('show', 'nb/9'))).toMatchInlineSnapshot(`
      "exit 2
      ✗ There is no run nb/9 in PROJECT/.headwater.
        See \`headwater runs\` for those there are.
      "
    `);
    expect(refusal(await project.headwater('logs', 'nb/1/zzz'))).toMatchInlineSnapshot(`
      "exit 2
      ✗ nb/1 has no step \`zzz\`.
        It has a.
      "
    `);
    expect(refusal(await project.headwater('get', 'nb/1/a/zzz'))).toMatchInlineSnapshot(`
      "exit 2
      ✗ nb/1/a.0 has no \`zzz\`; it has x
      "
    `);
    expect(refusal(await project.headwater('resume', 'other'))).toMatchInlineSnapshot(`
      "exit 2
      ✗ There is no run other in PROJECT/.headwater.
        See \`headwater runs\` for those there are.
      "
    `);
    expect(refusal(await project.headwater('stop', 'nb/1'))).toMatchInlineSnapshot(`
      "exit 2
      ✗ nb/1 is not running: it is done.
      "
    `);
  });
  it('no store', async () => expect(refusal(await new Project().headwater('runs'))).toMatchInlineSnapshot(`
    "exit 2
    ✗ There is no store at PROJECT/.headwater.
      A first \`headwater run\` makes one; \`--store\` names another.
    "
  `));
});
