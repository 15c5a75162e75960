// Branches as a person has them: over every kind of list, by index and by value, alone in their world, failing, resumed.

import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const plain = (text: string) => text.replaceAll(/ {2}\d+\.\d s/g, '  TIME');

/** The widest that users of Metaflow test is 1 200; the quick suite takes fewer. */
const WIDE = process.env['HEADWATER_HEAVY'] === '1' ? 1200 : 130;

const CELLS: readonly CellLiteral[] = [
  ['step:load', 'rates = [0.1, 0.01]\nbase = {"n": 1}\nclass Model:\n    def __init__(self, lr): self.lr = lr'],
  ['step:train foreach:lr=rates', 'model = Model(lr)\nbase["n"] += 1\nprint("train", lr)'],
  ['step:score', 'score = model.lr * base["n"]'],
  ['step:pick join:scores=score', 'best = max(inputs, key=lambda b: b.score)\nprint(scores, best.item, best.index, isinstance(best.model, Model), base)'],
  ['step:end', 'print(best.model.lr, scores, base)'],
];

/** What a run over a list says, errors included. */
async function runOver(list: string): Promise<string[]> {
  const project = new Project();
  project.notebook('nb.ipynb', [['step:load', list], ['step:each foreach:item=items', 'got = item'], ['step:all join:every=got', 'every']]);
  return (await project.headwater('run', 'nb.ipynb')).stdout.split('\n');
}

describe('a foreach', () => {
  it('runs each branch in a copy of the world before it, and collects in the order of the list', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    const { stdout, stderr, code } = await project.headwater('run', 'nb.ipynb');
    expect([code, stderr, plain(stdout)]).toEqual([0, '', [
      'PYTHON · the active environment .venv', 'nb/1 · nb.ipynb', '✓ load  TIME', '── train[0] · lr=0.1', 'train 0.1', '── train[1] · lr=0.01', 'train 0.01',
      '✓ train  2 tasks  TIME', '✓ score  2 tasks  TIME', '[0.2, 0.02] 0.1 0 True {\'n\': 1}', '✓ pick  TIME', '0.1 [0.2, 0.02] {\'n\': 1}', '✓ end  TIME', '✓ nb/1 done', '',
    ].join('\n')]);
    expect((await project.headwater('graph', 'nb.ipynb')).stdout).toBe([
      'nb', '  load', '  train    ← load (Model, base, rates)  (each lr in rates)', '    score  ← train (base, model)',
      '  pick     ← load (Model, base) · score (score)  (join)', '  end      ← load (base) · pick (best, scores)', '',
    ].join('\n'));
  });

  it('is addressed by index and by value, on the command line and in Python', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    await project.run('nb.ipynb');
    expect((await project.headwater('logs', 'nb/1/train[lr=0.01]')).stdout).toBe('train 0.01\n');
    expect((await project.headwater('get', 'nb/1/score[1]/score')).stdout).toBe('0.02\n');
    expect((await project.headwater('artifacts', 'nb/1/train[0]')).stdout.replaceAll(/ +/g, ' ')).toBe('Name Type Shape Size Step\nbase dict 1 item 27 B train[0]\nmodel Model 98 B train[0]\n');
    const wrong = ['get nb/1/train/model', 'logs nb/1/train[2]', 'logs nb/1/train[lr=3]', 'logs nb/1/trian'];
    expect(await Promise.all(wrong.map(async (line) => (await project.headwater(...line.split(' '))).stderr))).toEqual([
      '✗ nb/1/train is 2 tasks.\n  Name one: train[0] (lr=0.1), train[1] (lr=0.01).\n',
      '✗ nb/1 has no task `train[2]`.\n  train has train[0] (lr=0.1), train[1] (lr=0.01).\n',
      '✗ nb/1 has no task `train[lr=3]`.\n  train has train[0] (lr=0.1), train[1] (lr=0.01).\n',
      '✗ nb/1 has no step `trian`.\n  It has load, train, score, pick, end.\n',
    ]);
    expect(await project.python([
      'import headwater',
      'run = headwater.Run("nb/1")',
      'print(run["train"].tasks(), [task.items for task in run["train"]], len(run["score"]))',
      'print(run["train"]["lr=0.01"].data.model.lr, run["score"][0].data.score, headwater.load("nb/1/train[lr=0.1]/base"))',
      'task = headwater.Task("nb/1/score[1]")',
      'print(task.index, sorted(task.data), task.lineage)',
      'print(sorted(run.data), run.data.best.model.lr)',
    ].join('\n'))).toBe([
      '[<Task nb/1/train[0]: done>, <Task nb/1/train[1]: done>] [{\'lr\': \'0.1\'}, {\'lr\': \'0.01\'}] 2',
      '0.01 0.2 {\'n\': 2}',
      '1 [\'Model\', \'base\', \'lr\', \'model\', \'rates\', \'score\'] {\'base\': \'nb/1/train[1].0\', \'model\': \'nb/1/train[1].0\'}',
      '[\'Model\', \'base\', \'best\', \'rates\', \'scores\'] 0.1', '',
    ].join('\n'));
  });

  it('goes over every kind of list, as `for` would, and over the rows of a frame', async () => {
    const lists: readonly (readonly [list: string, got: string, expected: string])[] = [
      ['[1, "a", None]', 'repr(item)', '[\'1\', "\'a\'", \'None\']'],
      ['range(3)', 'item', '[0, 1, 2]'],
      ['"né"', 'item', "['n', 'é']"],
      ['{"a": 1, "b": 2}', 'item', "['a', 'b']"],
      ['([1], [2, 3])', 'len(item)', '[1, 2]'],
      ['np.arange(4).reshape(2, 2)', 'item.tolist()', '[[0, 1], [2, 3]]'],
      ['pd.DataFrame({"lr": [0.1, 0.2], "deep er": [1, 2]})', '(item.Index, item.lr, item[2], item._fields)', "[(0, 0.1, 1, ('Index', 'lr', '_2')), (1, 0.2, 2, ('Index', 'lr', '_2'))]"],
      ['pd.Series([3, 4])', 'int(item)', '[3, 4]'],
      ['[]', 'item', '[]'],
      ['[P(1), P(2)]', 'item.x', '[1, 2]'],
    ];
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['setup', 'import numpy as np\nimport pandas as pd\nclass P:\n    def __init__(self, x): self.x = x'],
      ...lists.flatMap(([list, got], at): CellLiteral[] => [[`step:load${at}`, `items${at} = ${list}`], [`step:each${at} foreach:item=items${at}`, `got = ${got}`], [`step:all${at} join:every=got`, 'print(every)']]),
    ]);
    const { stdout, stderr } = await project.headwater('run', 'nb.ipynb');
    expect([stderr, stdout.split('\n').filter((line) => line.startsWith('['))]).toEqual(['', lists.map(([, , expected]) => expected)]);
  });

  it.each([
    ['a generator', 'items = (i for i in range(3))', '✗ each  NotAList: each goes over `items`, which lives only in the process that made it; make it a list in the step that binds it.'],
    ['too much', 'items = range(2_000_000)', '✗ each  NotAList: each goes over `items`, which has 2,000,000 elements; at most 1,000,000 can be tasks. Go over parts of it.'],
    ['what cannot be stored', 'class L:\n    def __len__(self): return 2\n    def __iter__(self): return iter([1, (i for i in [])])\nitems = L()', '✗ each  NotAList: each goes over `items`, whose element 1 cannot be stored: a generator.'],
  ])('cannot go over %s', async (_, list, expected) => expect(await runOver(list)).toContain(expected));

  it('keeps an item and its list one object where a step can see both', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['step:load', 'rows = [{"n": 1}, {"n": 2}]\nfirst = rows[0]'],
      ['step:grow foreach:row=rows', 'row["n"] += 10'],
      ['step:look', 'seen = (rows, first, row, any(each is row for each in rows))'],
      ['step:all join:every=seen', 'print(every, rows)'],
    ]);
    const { stdout } = await project.headwater('run', 'nb.ipynb');
    expect(stdout).toContain("[([{'n': 11}, {'n': 2}], {'n': 11}, {'n': 11}, True), ([{'n': 1}, {'n': 12}], {'n': 1}, {'n': 12}, True)] [{'n': 1}, {'n': 2}]");
  });

  // What a process has mapped can be asked on Linux alone.
  it.skipIf(process.platform !== 'linux')('reads its own element and maps what all of them share', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['step:load', 'import re\nimport numpy as np\nitems = [np.full(100_000, i) for i in range(4)]\nshared = np.ones(100_000)\ndef mapped(): return len(set(re.findall(r"blobs/../\\w+", open("/proc/self/maps").read())))'],
      ['step:each foreach:item=items', 'one = int(item[0]), mapped()'],
      ['step:both', 'two = int(item[0] * shared[0]), mapped()'],
      ['step:all join', 'print([branch.one for branch in inputs], [branch.two for branch in inputs])'],
    ]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout.split('\n')).toContain('[(0, 1), (1, 1), (2, 1), (3, 1)] [(0, 2), (1, 2), (2, 2), (3, 2)]');
  });

  it(`of ${WIDE} elements collects as many results in order`, async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:load', `items = range(${WIDE})`], ['step:each foreach:i=items', 'r = i * i'], ['step:all join:rs=r', 'print(rs == [i * i for i in items], len(inputs), inputs[-1].item)']]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain(`True ${WIDE} ${WIDE - 1}\n`);
  });

  it('makes a connection of its own for every branch', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['setup', 'import sqlite3\ndb = sqlite3.connect(":memory:")\n_ = db.execute("create table t (n)")'],
      ['step:load', 'items = [1, 2]'],
      ['step:each foreach:i=items', '_ = db.execute("insert into t values (?)", (i,))\nrows = db.execute("select n from t").fetchall()'],
      ['step:all join:every=rows', 'print(every, db.execute("select n from t").fetchall())'],
    ]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('[[(1,)], [(2,)]] []\n');
  });
});

describe('a branch that fails', () => {
  const cells = (test: string): CellLiteral[] => [
    ['step:load', 'items = list(range(6))'],
    ['step:each foreach:i=items', `open("seen.txt", "a").write(f"{i} ")\nr = i * i`],
    ['step:check', `if ${test}: raise ValueError(f"no {i}")\nq = r`],
    ['step:all join:qs=q', 'print(qs)'],
  ];

  it('stops nobody; then the run fails with the errors grouped', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', cells('i in (2, 4)'));
    const { code, stdout } = await project.headwater('run', 'nb.ipynb');
    expect(code).toBe(1);
    expect(plain(stdout).split('\n').slice(-4, -2)).toEqual([expect.stringMatching(/^✗ 2 of check \(check\[2\], check\[4\]\) {2}ValueError: no [24]$/), '✗ nb/1 failed']);
    expect(project.read('seen.txt').trim().split(' ').sort()).toEqual(['0', '1', '2', '3', '4', '5']);
    const shown = (await project.headwater('show', 'nb')).stdout;
    expect(shown).toContain('6 tasks, 2 failed');
    expect(shown).toContain('2 tasks of check (check[2], check[4]) failed in cell 3, line 1: ValueError: no');
    expect(await project.python('import headwater\nrun = headwater.Run("nb/1")\nprint([t.status for t in run["check"]], run["check"].status, run["check"][2].exception["message"], sorted(run.data))')).toBe(
      "['done', 'done', 'failed', 'done', 'failed', 'done'] failed no 2 ['items']\n",
    );
  });

  it('is all that a resume runs again', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', cells('i in (2, 4)'));
    await project.run('nb.ipynb');
    project.write('seen.txt', '');
    project.notebook('nb.ipynb', cells('False'));
    const first = await project.headwater('resume', 'nb/1');
    expect(plain(first.stdout)).toContain('[0, 1, 4, 9, 16, 25]\n✓ all  TIME\n✓ nb/2 done');
    expect(project.read('seen.txt')).toBe('');
  });

  it('is found again by its value when the list has changed', async () => {
    const project = new Project();
    const sized = (list: string): CellLiteral[] => [['step:load', `items = ${list}`], ['step:each foreach:i=items', 'open("seen.txt", "a").write(f"{i} ")\nr = i * i'], ['step:all join:rs=r', 'print(rs)']];
    project.notebook('nb.ipynb', sized('[1, 2, 3]'));
    await project.run('nb.ipynb');
    project.write('seen.txt', '');
    project.notebook('nb.ipynb', sized('[7, 1, 2, 3]'));
    expect((await project.headwater('resume', 'nb/1')).stdout).toContain('[49, 1, 4, 9]\n');
    expect(project.read('seen.txt')).toBe('7 ');
  });
});
