// The pre-pass, line for line, and against IPython itself.

import { describe, expect, it } from 'vitest';
import { askPython, hasPython } from '../testing/python.ts';
import { prepareCell } from './prepare-cell.ts';

const line = (name: string, rest = '') => `get_ipython().run_line_magic(${JSON.stringify(name)}, ${JSON.stringify(rest)})`;
const system = (command: string) => `get_ipython().system(${JSON.stringify(command)})`;

const ROWS: readonly (readonly [string, string])[] = [
  ['x = 1\nprint(x)', 'x = 1\nprint(x)'],
  ['%matplotlib inline', line('matplotlib', 'inline')],
  ['import a\n%matplotlib inline\nx = 1', `import a\n${line('matplotlib', 'inline')}\nx = 1`],
  ['if x:\n    %cd data', `if x:\n    ${line('cd', 'data')}`],
  ['!ls -l', system('ls -l')],
  ['!ls \\\n  -l\nx = 1', `${system('ls    -l')}\n\nx = 1`],
  ['!!ls', 'get_ipython().getoutput("ls")'],
  ['x = !ls', 'x = get_ipython().getoutput("ls")'],
  ['x, y = !ls', 'x, y = get_ipython().getoutput("ls")'],
  ['x = %env HOME', `x = ${line('env', 'HOME')}`],
  ['d["a"] = !ls', 'd["a"] = get_ipython().getoutput("ls")'],
  ['x?', line('pinfo', 'x')],
  ['?x.y', line('pinfo', 'x.y')],
  ['x.y??', line('pinfo2', 'x.y')],
  ['??x', line('pinfo2', 'x')],
  ['x = 1  # why?', 'x = 1  # why?'],
  ['s = "what?"', 's = "what?"'],
  ['%time x = f(y)', 'x = f(y)'],
  ['%time', '0'],
  ['%timeit -n 10 -r3 f(x)', 'f(x)'],
  ['%prun -s cumtime f(x)', 'f(x)'],
  ['x = %time f(y)', 'x = f(y)'],
  ['%time for i in x: f(i)', 'for i in x: f(i)'],
  ['%time %cd data', line('cd', 'data')],
  ['%time !ls', system('ls')],
  [',f a b', 'f("a", "b")'],
  [';f a b', 'f("a b")'],
  ['/f a b', 'f(a, b)'],
  ['%%time\nx = 1', 'get_ipython().run_cell_magic("time", "", "")\nx = 1'],
  ['%%time\n%cd a', `get_ipython().run_cell_magic("time", "", "")\n${line('cd', 'a')}`],
  ['%%timeit y = 1\nx = y', 'y = 1\nx = y'],
  ['%%capture out\nprint(1)', 'get_ipython().run_cell_magic("capture", "out", "")\nprint(1)'],
  ['%%capture\n%%time\nx = 1', 'get_ipython().run_cell_magic("capture", "", "")\nget_ipython().run_cell_magic("time", "", "")\nx = 1'],
  ['%%bash\nls\nx=1', 'get_ipython().run_cell_magic("bash", "", "ls\\nx=1")\n\n'],
  ['\n\n%%bash\nls', '\n\nget_ipython().run_cell_magic("bash", "", "ls")\n'],
  ['# comment\n%%bash\nls', `# comment\n${line('%bash')}\nls`],
  ['(a\n % b)', '(a\n % b)'],
  ['x = [\n  1,\n  %matplotlib\n]', 'x = [\n  1,\n  %matplotlib\n]'],
  ['x = """\n%matplotlib inline\n!ls\n"""', 'x = """\n%matplotlib inline\n!ls\n"""'],
  ['x = a \\\n% b', 'x = a \\\n% b'],
  ["x = 'it''s'\n%pwd", `x = 'it''s'\n${line('pwd')}`],
  ['x = f"{a["b"]}"\n%pwd', `x = f"{a["b"]}"\n${line('pwd')}`],
  ['# (\n%pwd', `# (\n${line('pwd')}`],
  ['"("\n%pwd', `"("\n${line('pwd')}`],
  ["r'\\'\n%pwd", "r'\\'\n%pwd".replace('%pwd', line('pwd'))],
  ['  x = 1\n  y = 2', 'x = 1\ny = 2'],
  ['ls', line('ls')],
  ['cd data', line('cd', 'data')],
  ['cd = 1', 'cd = 1'],
  ['ls\nx', 'ls\nx'],
  ['env', 'env'],
  ['pip install x', 'pass'],
  ['%pip install -q a b', 'pass'],
  ['!pip install a', 'pass'],
  ['!{sys.executable} -m pip install a', 'pass'],
  ['try:\n  import a\nexcept ImportError:\n  !pip install a\n  import a', 'try:\n  import a\nexcept ImportError:\n  pass\n  import a'],
  ['!pip list', system('pip list')],
  ['x != y\nz %= 2', 'x != y\nz %= 2'],
  ['x = y if z else w', 'x = y if z else w'],
  ['a = b\n  \n%pwd', `a = b\n  \n${line('pwd')}`],
];

it.each(ROWS)('%j', (cell, expected) => {
  expect(prepareCell(cell).python).toBe(expected);
});

it('keeps the number of lines, and where columns moved to', () => {
  for (const [cell] of ROWS) expect(prepareCell(cell).python.split('\n').length).toBe(cell.split('\n').length);
  expect([...prepareCell('x\n%time y').shifts]).toEqual([[1, 6]]);
  expect([...prepareCell('  x\n  y').shifts]).toEqual([[0, 2], [1, 2]]);
  expect([...prepareCell('%timeit x\ny').apart]).toEqual([0]);
  expect([...prepareCell('%%timeit\nx\ny').apart]).toEqual([0, 1, 2]);
});

it('lists what would be installed', () => {
  const found = (cell: string) => prepareCell(cell).pips.map(({ line: at, packages }) => [at, ...packages]);
  expect(found('import a\n%pip install -q "b>1" c')).toEqual([[1, 'b>1', 'c']]);
  expect(found('!pip install -r requirements.txt')).toEqual([[0]]);
  expect(found('!conda install -c conda-forge a -y')).toEqual([[0, 'a']]);
  expect(found('%uv pip install a && echo done')).toEqual([[0, 'a']]);
  expect(found('!pip freeze')).toEqual([]);
});

/** Text in, text out: IPython runs code of these, so its call holds what stands as Python with us. */
const RUNS_CODE = new Set(['time', 'timeit', 'prun', 'capture']);

const TRAPS = [
  ...ROWS.map(([cell]) => cell),
  'x = a % b', 'x = a %b', 'x = (a %\n b)', '%', '%%', '! ls', '!', 'a = b = !ls', 'a = %pwd\nb = 1', 'a == %pwd', 'f(a=!ls)', 'lambda x=1: !ls', 'x: int = !ls', 'x += !ls',
  'for i in x:\n    !echo {i}\n    %pwd', 'def f():\n    %pwd\n    return 1', 'x = 1; %pwd', '%pwd; x = 1', "'''\n'''\n%pwd", '"""a""" \'\'\'b\'\'\'\n!ls', 'x = "\\\n%pwd"\n%pwd', '{\n%pwd\n}', 'a?.b', 'a.b[0]?', 'a[0]??',
  '*int*?', '%pwd?', '%%bash?', 'x?  ', 'x?\ny', 'x\ny?', '# x?', 'print("a")?', 'a = b?', '?', '??', '%time x = 1\\\n + 2', '%%time\n\nx = 1', '%%writefile a.py\n%pwd\nx', '%%html\n<a href="%20">', '%%sql\nselect * from a',
  '%%javascript\nlet x = 1', 'if True:\n\t!ls', '\t%pwd', '%load_ext a\n%%bash\nls', '/f', ',f', ';f a', '/f a, b', '%cd "a b"', '%pwd??', '%%pwd?', '%alias x echo', 'import os; os.getcwd()', "x = '%pwd'\n'%pwd'", 'x = [\n# (\n]\n%pwd', 'x = "#"\n%pwd', 'x = \'\\\'\'\n%pwd',
  'assert x, "a\\\nb"\n%pwd', 'class A:\n    %pwd\n    x = 1', 'x = (1,\n\n2)\n%pwd', 'async def f():\n  await g()\n%pwd', '@dec\ndef f(): pass\n%pwd', 'x = a if b else \\\n  c\n%pwd', '%matplotlib\n\n\n%pwd\n', '\n', '   ', '#!shebang', '#%pwd', ' # %pwd\n%pwd',
];

describe.skipIf(!hasPython)('IPython', () => {
  it('finds the same magics, commands and questions', () => {
    const cells = TRAPS.filter((cell) => prepareCell(cell).pips.length === 0 && !/^(?:ls|cd data)$|^%+(?:time|capture)\s+[%!]/.test(cell));
    const answers = askPython(new URL('ask_ipython.py', import.meta.url), cells.map((cell) => [cell, prepareCell(cell).python])) as { theirs: string[][] | null; ours: string[][] | null }[];
    const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
    const plain = (calls: string[][] | null) => calls?.filter(([, name]) => !RUNS_CODE.has(name ?? '')).map((call) => call.map(squeeze)) ?? null;
    const differences = answers.flatMap(({ theirs, ours }, at) => (JSON.stringify(plain(theirs)) === JSON.stringify(plain(ours)) ? [] : [{ cell: cells[at], theirs: plain(theirs), ours: plain(ours) }]));
    expect(differences).toEqual([]);
  });
});
