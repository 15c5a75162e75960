// Which cell is what, and in which order cells run.

import { describe, expect, it } from 'vitest';
import { analyse } from '../testing/notebook.ts';

/** `index role step number` per cell. */
const roles = (text: string, metadata: Record<string, unknown> = {}) => analyse(text, { metadata }).cells.map(({ index, role, step, number }) => `${index} ${role} ${step ?? '-'} ${number ?? '-'}`);

describe('tags', () => {
  it('make steps, setup, parameters; the rest is scratch', () => {
    expect(roles(`
setup | import a
---
#> # Title
---
parameters | x = 1
---
step:load | y = a.read(x)
---
| y.head()
---
skip | broken(
---
step:train | m = a.fit(y)
---
step:train | m.save()
`)).toEqual(['0 setup setup.1 1', '1 text - -', '2 parameters setup.1 2', '3 step load 3', '4 scratch - -', '5 skip - -', '6 step train 4', '7 step train 5']);
  });

  it('count cells in the order they run, and pass over empty ones', () => {
    expect(roles('step:a | x = 1\n---\nstep:b | y = 2\n---\nstep:a | z = 3\n---\nstep:b |\n---\nsetup | import q')).toEqual(['0 step a 1', '1 step b 3', '2 step a 2', '3 step b -', '4 setup setup.1 4']);
  });

  it('divide setup into blocks around steps', () => {
    expect(roles('setup | import a\n---\nstep:s | x = a\n---\nsetup | import b\n---\n| y = x\n---\n#> text\n---\nsetup | import c\n---\nstep:s | z = 1\n---\nsetup | import d')).toEqual(
      ['0 setup setup.1 1', '1 step s 2', '2 setup setup.2 4', '3 scratch - -', '4 text - -', '5 setup setup.2 5', '6 step s 3', '7 setup setup.3 6'],
    );
  });

  it('of other tools are read where they mean the same', () => {
    expect(roles('imports | import a\n---\nfunctions | def f(): ...\n---\npipeline-parameters | x = 1\n---\nblock:s | y = x\n---\nblock: | z = y\n---\npipeline-metrics | print(z)\n---\nstep:t slideshow | 1\n---\npipeline-metrics | print(y)')).toEqual(
      ['0 setup setup.1 1', '1 setup setup.1 2', '2 parameters setup.1 3', '3 step s 4', '4 step s 5', '5 step metrics 6', '6 step t 7', '7 step metrics2 8'],
    );
    expect(roles('step:metrics | x = 1\n---\npipeline-metrics | print(x)\n---\ninjected-parameters | x = 2')).toEqual(['0 step metrics 1', '1 step metrics2 2', '2 parameters setup.1 3']);
  });

  it('join the cell above where Kale made the notebook', () => {
    const kale = { kubeflow_notebook: {} };
    expect(roles('| y = 0\n---\nimports | import a\n---\n| b = f(a)\n---\nstep:s | c = b\n---\nskip | d = c\n---\n| e = c\n---\n#> text\n---\n| \n---\npipeline-metrics | print(e)\n---\n| print(c)', kale)).toEqual(
      ['0 setup setup.1 1', '1 setup setup.1 2', '2 setup setup.1 3', '3 step s 4', '4 skip - -', '5 step s 5', '6 text - -', '7 scratch - -', '8 step metrics 6', '9 step metrics 7'],
    );
  });

  it('for every step come from the notebook', () => {
    const tagsOf = (metadata: Record<string, unknown>) => analyse('setup | import a\n---\nstep:s label:a:b | x = 1', { metadata }).steps.map((step) => step.tags.map((tag) => JSON.stringify(tag)));
    const own = '{"key":"step","name":"s"}';
    expect(tagsOf({ headwater: { defaults: ['on:local'] } })).toEqual([['{"key":"setup"}'], [own, '{"key":"label","text":"a:b"}', '{"key":"on","where":"local"}']]);
    expect(tagsOf({ kubeflow_notebook: { steps_defaults: ['annotation:c:d'] } })[1]).toEqual([own, '{"key":"label","text":"a:b"}', '{"key":"annotation","text":"c:d"}']);
  });
});

describe('untagged cells', () => {
  const role = (source: string) => analyse(`setup | import numpy as np, pandas as pd, os, sys, warnings\nimport seaborn as sns, matplotlib.pyplot as plt\n---\nstep:s | x = 1\n---\n| ${source}`).cells[2]?.role;

  it.each([
    'import a', 'from a import b as c', 'def f(x):\n    return x', 'class A:\n    x = f()', '@dec\ndef f(): ...', '"""Text."""', 'N = 3', 'A, B = 1, "b"', 'A = B = 1', 'C = [1, {"a": (2, -3.5, None)}]', 'N = 60 * 60 * 24', 'x: int = 3',
    'P = Path("data")', 'P = ROOT / "data"', 'P = Path("a") / "b" / NAME', 'P = os.path.join(ROOT, "b")', 'D = os.getcwd()',
    'try:\n    import a\nexcept ImportError:\n    a = None', 'try:\n    import a\nexcept (ImportError, ModuleNotFoundError):\n    !pip install a\n    import a', 'if TYPE_CHECKING:\n    from a import b',
    '%matplotlib inline', '%load_ext autoreload\n%autoreload 2', '%config InlineBackend.rc = {}', 'import a\n%matplotlib inline\na.set(1)',
    'pd.set_option("display.max_rows", 10)', 'np.random.seed(1)', 'warnings.filterwarnings("ignore")', 'sns.set()', 'warnings.simplefilter("ignore", FutureWarning)', 'plt.rcParams["figure.figsize"] = (8, 4)', 'pd.options.display.max_rows = 5', 'os.environ["A"] = "1"', 'plt.style.use("ggplot")',
    'os.makedirs("out", exist_ok=True)', 'from a import set_seed\nset_seed(42)', 'sys.path.append("lib")', '!pip install a\nimport a',
  ])('setup: %j', (source) => {
    expect(role(source)).toBe('setup');
  });

  it.each([
    '', '# only a comment', 'x.head()', 'y = x', 'y = f(x)', 'print(1)', 'x', 'N = len(x)', 'for i in x: pass', 'if x: y = 1', '!ls', '%run a.py', '%%bash\nls', '%%time\ny = f()', '%timeit f()', 'import a\nprint(a.__version__)', 'df = pd.read_csv("a.csv")',
    'plt.plot([1, 2])', 'plt.hist(x)', 'pd.set_option("a", x)', 'other.set(1)', 'os.remove("a")', 'del x', 'import a\nx = a.load()', 'try:\n    x = f()\nexcept ValueError:\n    x = 1', 'N = x / 2', 'broken(', 'device = np.device("cpu" if x else "gpu")',
  ])('scratch: %j', (source) => {
    expect(role(source)).toBe('scratch');
  });
});
