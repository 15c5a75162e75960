// Tags proposed for notebooks that have none.

import { expect, it } from 'vitest';
import { propose } from '../testing/notebook.ts';
import { nameStep } from './name-step.ts';

it('headings become steps; imports, constants and glances need no tag', () => {
  expect(propose(`
#> # House prices
---
| import pandas as pd
---
| import numpy as np
print(np.__version__)
---
| SEED = 42
TEST_SIZE = 0.2
---
#> ## 1. Load the data
---
| df = pd.read_csv("a.csv")
---
| df.head()
---
| df["a"] = df["a"].fillna(0)
---
#> ## 2. Train a model
---
| def make():
    return Model()
---
| model = make()
---
| def score(m):
    return m.score(df)
---
| score(model)
---
| !pip install x
---
| broken(
---
#> ## Train a model
---
| model.fit(df)
`)).toEqual(['2 setup', '3 parameters', '5 step:load-data', '7 step:load-data', '10 step:train-model', '11 step:train-model', '12 step:train-model', '13 step:train-model', '16 step:train-model-2']);
});

it('without headings, what cells do', () => {
  expect(propose(`
| import pandas as pd
---
| df = pd.read_csv("a.csv")
---
| df = df.dropna()
---
| X = df.drop("y")
---
| model = LogisticRegression().fit(X, df.y)
---
| model.score(X, df.y)
---
| plt.plot(X)
---
| model.fit(X)
---
| df.to_csv("b.csv")
`)).toEqual(['1 step:load', '2 step:prepare', '3 step:prepare', '4 step:train', '5 step:evaluate', '6 step:plot', '7 step:train-2', '8 step:save']);
});

it('a notebook that has steps is left alone', () => {
  expect(propose('step:a | x = 1\n---\n| y = f(x)')).toEqual([]);
  expect(propose('block:a | x = 1\n---\n| y = f(x)')).toEqual([]);
});

it.each([
  ['Load the data', 'load-data'],
  ['**3.1** Exploratory Data Analysis (EDA) & more', 'exploratory-data-analysis'],
  ['Step 2: Train', 'train'],
  ['`fit` the [model](http://x)', 'fit-model'],
  ['<a id="x"></a>Über uns', 'über-uns'],
  ['II. Ergebnis', 'ergebnis'],
  ['数据 清洗', '数据-清洗'],
  ['The', 'the'],
  ['🚀', 'step'],
  ["Let's go!", 'go'],
])('%j is %j', (heading, name) => {
  expect(nameStep(heading)).toBe(name);
});
