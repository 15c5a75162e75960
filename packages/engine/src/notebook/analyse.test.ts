// The analyser as a whole: it forgets nothing it should see, and remembers nothing it should not.

import { isUserError } from '@headwater/protocol';
import { describe, expect, it } from 'vitest';
import { createAnalyser } from './analyse.ts';
import { makeRandom } from './testing/random-program.ts';
import { analyse, analyseText, makeNotebook, show, showEdge } from './testing/notebook.ts';

/** Pieces that make providers, aliases, functions, seeds and files come and go. */
const PIECES = [
  'x = []', 'y = x', 'y.append(1)', 'x = x + [1]', 'def f(): return x', 'def f(): return y', 'f()', 'g = f', 'print(g())', 'import numpy as np', 'np.random.seed(1)', 'z = np.random.rand()', 'del x', 'for i in x: y = i',
  'class A:\n    def m(self): self.n = x', 'a = A()', 'a.m()', 'print(a)', 'exec("x = 1")', 'from math import *', 'print(pi)', 'P = "a.csv"', 'open(P, "w")', 'open("a.csv")', '%cd data', 'if x:\n    y = 2', 'xs = [x, y]', 'xs[0].append(2)', 'from __future__ import annotations', 'def h(q: T): ...', 'x = = 1', '',
];

describe('after an edit', () => {
  it('the flow is what a fresh look gives', async () => {
    const random = makeRandom(7);
    const pick = () => PIECES[random(PIECES.length)] ?? '';
    const tags = Array.from({ length: 12 }, (_, at) => (at % 4 === 0 ? 'setup' : at % 5 === 4 ? '' : `step:s${Math.floor(at / 2)}`));
    const sources = tags.map(pick);
    const analyser = await createAnalyser();
    for (let edit = 0; edit < 150; edit += 1) {
      sources[random(sources.length)] = pick();
      const text = makeNotebook(sources.map((source, at) => `${tags[at] ?? ''} | ${source}`).join('\n---\n'));
      const fresh = await createAnalyser();
      expect(analyser.analyse(text, { path: 'a.ipynb' })).toEqual(fresh.analyse(text, { path: 'a.ipynb' }));
    }
  });
});

describe('the name of a flow', () => {
  it('is the stem of the file, or what the notebook says', () => {
    expect(analyse('step:s | 1', { path: 'deep/down/churn.v2.ipynb' }).name).toBe('churn.v2');
    expect(analyseText('# %% tags=["step:s"]\n1', 'a/b.py').name).toBe('b');
    expect(analyse('step:s | 1', { metadata: { headwater: { name: 'nightly' } } })).toMatchObject({ name: 'nightly', notebook: 'churn.ipynb' });
    expect(() => analyse('step:s | 1', { metadata: { headwater: { name: 'a/b' } } })).toThrow('`a/b`');
  });

  it('is asked of readable notebooks only', () => {
    try {
      analyseText('{', 'a.ipynb');
    } catch (error) {
      expect(isUserError(error)).toBe(true);
    }
  });
});

describe('a percent script', () => {
  it('gives the flow its notebook would give', () => {
    const script = `# %% tags=["setup"]
import pandas as pd
# %matplotlib inline
# %% tags=["parameters"]
n = 3  # how many
# %% [markdown]
# text
# %% tags=["step:load"]
df = pd.read_csv("a.csv", nrows=n)
# %% tags=["step:show", "prev:load"]
print(df)
`;
    expect(show(analyseText(script, 'churn.py'))).toBe(`setup.1 [0 1] → n pd
load [3] n pd → df
show [4] df →
setup.1 > load n pd
load > show df
load > show (prev)
-p n: int = 3 (how many)`);
  });
});

describe('cells as they run', () => {
  it('keep their lines where installs are blanked', () => {
    const [cell] = analyse('step:s | import a\n!pip install b \\\n  c\n%pip install d\ntry:\n    import e\nexcept ImportError:\n    !pip install e').cells;
    expect(cell?.source).toBe('import a\npass  # !pip install b \\\n# c\npass  # %pip install d\ntry:\n    import e\nexcept ImportError:\n    pass  # !pip install e');
  });
});

describe('what IPython remembers', () => {
  const edges = (text: string) => analyse(text).edges.map(showEdge);

  it('travels from the cells that show it', () => {
    expect(edges('step:a | 1 + 1\n---\nstep:b | x = 2\n---\nstep:c | y = _')).toEqual(['a > c _']);
    expect(edges('step:a | 1\n---\nstep:b | 2\n---\nstep:c | y = Out[1] + _2')).toEqual(['a > c Out _2', 'b > c Out _2']);
    expect(edges('step:a | 1;\n---\nstep:b | y = _')).toEqual([]);
    expect(edges('step:a | _, x = f()\n---\nstep:b | y = _')).toEqual(['a > b _']);
  });

  it('is asked for by name', () => {
    expect(analyse('step:c | y = Out[1] + _2 + __').steps[0]?.names).toMatchObject({ openness: 'closed', reads: ['Out', '_2', '__'] });
  });
});

describe('edges', () => {
  const edges = (text: string) => analyse(text).edges.map(showEdge);

  it.each<[string, string[]]>([
    ['step:a | x = 1\n---\nstep:b | x = 2\n---\nstep:c | x', ['b > c x']],
    ['step:a | x = 1\n---\nstep:b | if q(): x = 2\n---\nstep:c | x', ['a > c x', 'b > c x']],
    ['step:a | x = 1\n---\nstep:b | x\n---\nstep:c | x', ['a > b x', 'a > c x']],
    ['step:a | x = []\n---\nstep:b | x.append(1)\n---\nstep:c | x', ['a > b x', 'b > c x']],
    ['step:a | x = []\n---\nstep:b | for i in q(): x.append(i)\n---\nstep:c | x', ['a > b x', 'b > c x']],
    ['step:a | x = 1\n---\nstep:b prev:a | y = 1', ['a > b (prev)']],
    ['step:a | x = 1\n---\nstep:b | del x\n---\nstep:c | x = 2', ['a > b x']],
    ['step:a | x = 1\n---\nstep:b | from m import *\n---\nstep:c | x', ['a > c x', 'b > c x']],
    ['step:a | from m import *\n---\nstep:b | x = 1\n---\nstep:c | x', ['b > c x']],
    ['step:a | from m import *\n---\nstep:b | y = sum([1])', ['a > b sum']],
    ['step:a | exec("x = 1")\n---\nstep:b | y = x', ['a > b x']],
    ['step:a | import os\nos.chdir("d")\n---\nstep:b | x = 1\n---\nstep:c | y = 2', ['a > b (state) %cwd', 'a > c (state) %cwd']],
    ['step:a | %env A=1\n---\nstep:b | %env B=2\n---\nstep:c | y = 2', ['a > b (state) %env', 'b > c (state) %env']],
    ['step:a | open("f", "w")\n---\nstep:b | open("f", "a")\n---\nstep:c | open("f")', ['a > b (file) f', 'b > c (file) f']],
    ['step:a | open("f", "w")\n---\nstep:b | open("f", "w")\n---\nstep:c | open("./f")', ['b > c (file) f']],
    ['step:a | open("d/f.txt", "w")\n---\nstep:b | !cat d/f.txt', ['a > b (file) d/f.txt']],
    ['step:a | !date > f.txt\n---\nstep:b | x = open("f.txt")', ['a > b (file) f.txt']],
    ['step:a | !date > f.txt\n---\nstep:b | !cat f.txt', ['a > b (file) f.txt']],
  ])('%j', (text, expected) => {
    expect(edges(text)).toEqual(expected);
  });
});
