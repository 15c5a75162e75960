// Files, process state and writers that nothing announces.

import { describe, expect, it } from 'vitest';
import { observe, observeTexts } from '../testing/observe-text.ts';

describe('files', () => {
  const ROWS: readonly (readonly [string, string])[] = [
    ['open("a.txt")', 'file:a.txt →'],
    ['open("a.txt", "w")', '→ file:a.txt'],
    ['open("a.txt", mode="wb")', '→ file:a.txt'],
    ['open("a.txt", "a")', 'file:a.txt → file:a.txt*?'],
    ['with open("./out/../a.txt") as f:\n  x = f.read()', 'file:a.txt → f x'],
    ['df.to_csv("out/a.csv")', 'df → file:out/a.csv'],
    ['import pandas as pd\nx = pd.read_csv("a.csv")', 'file:a.csv → pd x'],
    ['import pandas as pd\nx = pd.read_csv(filepath_or_buffer="a.csv")', 'file:a.csv → pd x'],
    ['import pandas as pd\nx = pd.read_csv("https://x.org/a.csv")', '→ pd x'],
    ['P = "a.csv"\ndf.to_parquet(P)', 'df → P file:a.csv'],
    ['D = "out"\ndf.to_csv(D + "/a.csv")', 'df → D file:out/a.csv'],
    ['D = "out"\ndf.to_csv(f"{D}/a.csv")', 'df → D file:out/a.csv'],
    ['import os\nD = "out"\ndf.to_csv(os.path.join(D, "a.csv"))', 'df → D file:out/a.csv os'],
    ['from pathlib import Path\nD = Path("out")\ndf.to_csv(D / "a.csv")', 'df → D Path file:out/a.csv'],
    ['from pathlib import Path\n(Path("out") / "a.txt").write_text("x")', '→ Path file:out/a.txt'],
    ['from pathlib import Path\nx = Path("a.txt").read_text()', 'file:a.txt → Path x'],
    ['from pathlib import Path\nPath("a.txt").open("w")', '→ Path file:a.txt'],
    ['df.to_csv(f"{i}.csv")', 'df i →'],
    ['df.to_csv(p)', 'df p →'],
    ['import numpy as np\nnp.save("a.npy", x)', 'x → file:a.npy np'],
    ['import numpy as np\nx = np.load("a.npy")', 'file:a.npy → np x'],
    ['import joblib\njoblib.dump(m, "m.pkl")', 'm → file:m.pkl joblib'],
    ['import pickle\npickle.dump(m, open("m.pkl", "wb"))', 'm → file:m.pkl pickle'],
    ['import matplotlib.pyplot as plt\nplt.savefig("a.png")', '→ file:a.png plt'],
    ['import shutil\nshutil.copy("a", "b")', 'file:a → file:b shutil'],
    ['import os\nos.rename("a", "b")', 'file:a → file:b os'],
    ['import os\nos.remove("a")', 'file:a → file:a*? os'],
    ['import os\nos.makedirs("out", exist_ok=True)', '→ file:out os'],
    ['%%writefile a.py\nx = 1', '→ file:a.py'],
    ['%%writefile -a a.py\nx = 1', 'file:a.py → file:a.py*?'],
    ['def save(d): d.to_csv("a.csv")\nsave(df)', 'df → file:a.csv? save'],
    ['def load(p):\n  import pandas as pd\n  return pd.read_csv(p)\nx = load("a.csv")', 'file:a.csv → load x'],
  ];
  it.each(ROWS)('%j: %s', (source, expected) => {
    expect(observe(source)).toBe(expected);
  });
});

describe('process state', () => {
  const ROWS: readonly (readonly [readonly string[], string])[] = [
    [['import os\nos.chdir("a")'], '→ %cwd* os'],
    [['import os\nos.environ["A"] = "1"'], '→ %env* os'],
    [['import os\nx = os.environ["A"]'], '→ os x'],
    [['import os\nx = os.environ.get("A")'], '→ os x'],
    [['import os\ndel os.environ["A"]'], '→ %env* os'],
    [['import os\nos.environ.update(A="1")'], '→ %env* os'],
    [['import sys\nsys.path.append("lib")'], '→ %path* sys'],
    [['import sys\nsys.path.insert(0, "lib")'], '→ %path* sys'],
    [['import random\nrandom.seed(1)'], '→ %random random'],
    [['import random\nx = random.random()'], '→ random x'],
    [['import random\nrandom.seed(1)', 'x = random.random()'], '%random random → %random* x'],
    [['from random import seed, choice\nseed(1)', 'choice(xs)'], '%random choice xs → %random*'],
    [['import numpy as np\nnp.random.seed(1)', 'x = np.random.rand(3)'], '%numpy.random np → %numpy.random* x'],
    [['import numpy as np\nnp.random.seed(1)', 'rng = np.random.default_rng(3)'], 'np → rng'],
    [['import numpy as np\nnp.random.seed(1)', 'x = np.zeros(3)'], 'np → x'],
    [['import numpy as np\nnp.random.seed(1)\ndef f(): return np.random.rand()', 'f()'], '%numpy.random f np → %numpy.random*?'],
    [['import numpy as np\nfrom sklearn.model_selection import train_test_split\nnp.random.seed(1)', 'train_test_split(x)'], '%numpy.random train_test_split x → %numpy.random*'],
    [['import torch\ntorch.manual_seed(1)', 'x = torch.randn(3)'], '%torch.random torch → %torch.random* x'],
    [['import tensorflow as tf\ntf.random.set_seed(1)', 'm = tf.keras.Sequential()'], '%tensorflow.random tf → %tensorflow.random* m'],
    [['import matplotlib.pyplot as plt\nplt.rcParams["a"] = 1', 'plt.plot(x)'], '%rcParams plt x →'],
    [['import matplotlib.pyplot as plt\nplt.style.use("a")'], '→ %rcParams* plt'],
    [['import matplotlib as mpl\nmpl.rc("a", b=1)'], '→ %rcParams* mpl'],
    [['import seaborn as sns\nsns.set_theme()', 'sns.lineplot(x)'], '%rcParams sns x →'],
    [['import pandas as pd\npd.set_option("a", 1)', 'pd.concat(x)'], '%pandas pd x →'],
    [['import pandas as pd\npd.options.display.max_rows = 5'], '→ %pandas* pd'],
    [['import numpy as np\nnp.set_printoptions(precision=3)', 'print(np.pi)'], '%numpy np →'],
    [['import warnings\nwarnings.filterwarnings("ignore")'], '→ %warnings* warnings'],
    [['import logging\nlogging.basicConfig()'], '→ %logging* logging'],
    [['import sys\nsys.setrecursionlimit(9)'], '→ %recursionlimit* sys'],
  ];
  it.each(ROWS)('%j: %s', (texts, expected) => {
    expect(observe(...texts)).toBe(expected);
  });
});

it('cells with writers that no audit event announces', () => {
  const isWriter = (source: string) => observeTexts(source).writers.size > 0;
  const writers = [
    'df.to_parquet("a")', 'df.to_feather("a")', 'df.to_hdf("a", "k")', 'df.write_parquet("a")', 'import pyarrow.parquet as pq\npq.write_table(t, "a")', 'import cv2\ncv2.imwrite("a", x)',
    'import torch\ntorch.save(m, "a")', 'booster.save_model("a")', 'import h5py\nh5py.File("a", "w")', 'import h5py\nh5py.File("a", mode="a")', 'model.save("a.h5")', 'ds.to_netcdf("a")', 'def f(): df.to_parquet("a")\nf()', '%run a.py', '%%cython\nx',
  ];
  const others = ['df.to_csv("a")', 'open("a", "w")', 'import numpy as np\nnp.save("a", x)', 'import h5py\nh5py.File("a")', 'import h5py\nh5py.File("a", "r")', 'def f(): df.to_parquet("a")', 'x.save()', 'import torch\ntorch.load("a")'];
  expect(writers.filter((source) => !isWriter(source))).toEqual([]);
  expect(others.filter(isWriter)).toEqual([]);
});

it('questions about files that no audit event announces: by name, or of a cell that has to wait for its turn', () => {
  const asks = (source: string) => {
    const { askers, asked } = observeTexts(`import os, h5py, polars as pl\nfrom pathlib import Path\nOUT = Path("out")\ndef where(n): return input(n)\n${source}`);
    return [...asked, ...(askers.size > 0 ? ['?'] : [])];
  };
  expect([
    'os.path.exists("a.csv")', '(OUT / "x.csv").exists()', 'OUT.is_dir()', 'os.path.getsize(where("x"))', 'where("x").is_file()', 'pl.read_parquet(where("x"))', 'h5py.File("x.h5", "r")',
    'open(where("x"))', 'os.listdir(where("x"))', 'h5py.File("x.h5", "w")', 'os.path.join("a", "b")',
  ].map(asks)).toEqual([['a.csv'], ['out/x.csv'], ['out'], ['?'], ['?'], ['?'], ['x.h5'], [], [], [], []]);
});
