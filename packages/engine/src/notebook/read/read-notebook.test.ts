// Notebook files as they come, and what is said of files that are none.

import { isUserError } from '@headwater/protocol';
import { describe, expect, it } from 'vitest';
import { readNotebook } from './read-notebook.ts';

const ipynb = (notebook: unknown) => readNotebook(JSON.stringify(notebook), 'a.ipynb');
const refusal = (text: string, path: string) => {
  try {
    readNotebook(text, path);
    return 'none';
  } catch (error) {
    return isUserError(error) ? `${error.code}: ${error.sentence}${error.hint === null ? '' : ` | ${error.hint}`}` : String(error);
  }
};
const cells = (text: string, path = 'a.py') => readNotebook(text, path).cells.map(({ index, id, type, source, tags }) => [index, type, source, tags.join(' '), id ?? '-'].join('|'));

describe('ipynb', () => {
  it('reads cells of every 4.x: text in one piece or in lines, ids or none', () => {
    const notebook = {
      nbformat: 4, nbformat_minor: 2, metadata: {},
      cells: [
        { cell_type: 'markdown', metadata: {}, source: ['# T\n', 'text'] },
        { cell_type: 'code', execution_count: 3, metadata: { tags: ['step:a', 'x', 'x', 3] }, outputs: [], source: ['a = 1\n', 'b'] },
        { cell_type: 'code', id: 'abc', metadata: {}, outputs: [], source: 'c\r\nd' },
        { cell_type: 'raw', source: '' },
        { cell_type: 'code' },
      ],
    };
    expect(ipynb(notebook)).toEqual({
      cells: [
        { index: 0, id: null, type: 'text', source: '# T\ntext', tags: [] },
        { index: 1, id: null, type: 'code', source: 'a = 1\nb', tags: ['step:a', 'x'] },
        { index: 2, id: 'abc', type: 'code', source: 'c\nd', tags: [] },
        { index: 3, id: null, type: 'text', source: '', tags: [] },
        { index: 4, id: null, type: 'code', source: '', tags: [] },
      ],
      settings: { name: null, defaults: [], schedule: null },
      isKale: false,
    });
  });

  it('reads what the notebook says of itself', () => {
    const read = (metadata: unknown) => {
      const { settings, isKale } = ipynb({ nbformat: 4, metadata, cells: [] });
      return { ...settings, isKale };
    };
    expect(read({ headwater: { name: 'n', defaults: ['retry:2'], schedule: '@daily' } })).toEqual({ name: 'n', defaults: ['retry:2'], schedule: '@daily', isKale: false });
    expect(read({ headwater: { name: 3, defaults: 'x' } })).toEqual({ name: null, defaults: [], schedule: null, isKale: false });
    expect(read({ kubeflow_notebook: { steps_defaults: ['label:a:b'] } })).toEqual({ name: null, defaults: ['label:a:b'], schedule: null, isKale: true });
  });

  it.each<[string, string, string]>([
    ['', 'a.ipynb', 'not-a-notebook: a.ipynb is empty. | Open it in a notebook editor and save it, or start from one with `headwater init`.'],
    ['  \n', 'a.ipynb', 'not-a-notebook: a.ipynb is empty. | Open it in a notebook editor and save it, or start from one with `headwater init`.'],
    ['x = 1', 'a.ipynb', 'not-a-notebook: a.ipynb is no notebook: it is not JSON.'],
    ['<<<<<<< HEAD\n{}', 'a.ipynb', 'not-a-notebook: a.ipynb is no notebook: it is not JSON. | It holds conflict markers of git: resolve them first.'],
    ['[]', 'a.ipynb', 'not-a-notebook: a.ipynb is JSON, but no notebook: nbformat is not what nbformat 4 wants.'],
    ['{"cells": 3}', 'a.ipynb', 'not-a-notebook: a.ipynb is JSON, but no notebook: nbformat is not what nbformat 4 wants.'],
    ['{"nbformat": 4}', 'a.ipynb', 'not-a-notebook: a.ipynb is JSON, but no notebook: cells is not what nbformat 4 wants.'],
    ['{"nbformat": 4, "cells": [{"cell_type": 3}]}', 'a.ipynb', 'not-a-notebook: a.ipynb is JSON, but no notebook: cells.0.cell_type is not what nbformat 4 wants.'],
    ['{"nbformat": 3, "worksheets": []}', 'a.ipynb', 'old-notebook: a.ipynb has the old notebook format 3. | Convert it with `jupyter nbconvert --to notebook --inplace a.ipynb`.'],
    ['{"nbformat": 5, "cells": []}', 'a.ipynb', 'new-notebook: a.ipynb has the notebook format 5, which this version does not know. | Update Headwater.'],
    ['{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "R", "display_name": "R 4.3"}}}', 'a.ipynb', 'not-python: a.ipynb is a notebook for R 4.3; Headwater runs Python notebooks.'],
    ['{"nbformat": 4, "cells": [], "metadata": {"language_info": {"name": "julia"}}}', 'a.ipynb', 'not-python: a.ipynb is a notebook for julia; Headwater runs Python notebooks.'],
    ['x', 'a.txt', 'not-a-notebook: a.txt is no notebook: its name ends neither in .ipynb nor in .py. | Headwater reads Jupyter notebooks and Python scripts with `# %%` cells.'],
  ])('refuses %j in %s: %s', (text, path, expected) => {
    expect(refusal(text, path)).toBe(expected);
  });

  it('reads kernels of Python by any name', () => {
    for (const name of ['python', 'python3', 'Python', 'ipython']) expect(ipynb({ nbformat: 4, cells: [], metadata: { language_info: { name } } }).cells).toEqual([]);
    expect(readNotebook('\ufeff{"nbformat": 4, "cells": []}', 'a.ipynb').cells).toEqual([]);
  });
});

describe('percent scripts', () => {
  it('read markers of Jupytext, VS Code and Spyder', () => {
    expect(cells(`import a

# %% [markdown]
# # Title
#
# text

# %% Load the data tags=["step:load", "x"]
y = a.f()


#%%
z = 1

# %% {"tags": ["skip"], "id": "k"}
w
# %%% deeper
v
# %% [raw] tags=[]
raw
# %%time is a comment
`)).toEqual([
      '0|code|import a||-',
      '1|text|# Title\n\ntext||-',
      '2|code|y = a.f()|step:load x|-',
      '3|code|z = 1||-',
      '4|code|w|skip|k',
      '5|code|v||-',
      '6|text|raw\n%%time is a comment||-',
    ]);
  });

  it('read prose in quotes, magics behind comments, other languages', () => {
    expect(cells(`# %% [markdown]
"""
# Title
"""
# %%
# %matplotlib inline
# !ls -l
# files = !ls
if x:
    # %cd data
    pass
# %d of %s
# just a comment!
# %%
# %%bash
# ls
# %% language="bash"
# ls
`)).toEqual([
      '0|text|# Title||-',
      '1|code|%matplotlib inline\n!ls -l\nfiles = !ls\nif x:\n    %cd data\n    pass\n# %d of %s\n# just a comment!||-',
      '2|code|%%bash\nls||-',
      '3|code|%%bash\nls||-',
    ]);
  });

  it('take their settings from the header', () => {
    const text = `#!/usr/bin/env python
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#   kernelspec:
#     display_name: Python 3
#     language: python
#   headwater:
#     name: nightly
#     defaults:
#     - on:local
#     - label:a:b
# ---
# %%
x = 1
`;
    expect(readNotebook(text, 'a.py')).toEqual({
      cells: [{ index: 0, id: null, type: 'code', source: 'x = 1', tags: [] }],
      settings: { name: 'nightly', defaults: ['on:local', 'label:a:b'], schedule: null },
      isKale: false,
    });
    expect(() => readNotebook('# ---\n# kernelspec:\n#   language: R\n# ---\nx', 'a.py')).toThrow('a.py is a notebook for R');
  });

  it('without any marker are one cell', () => {
    expect(cells('x = 1\ny = 2\n')).toEqual(['0|code|x = 1\ny = 2||-']);
    expect(cells('')).toEqual([]);
  });
});
