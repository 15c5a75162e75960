// A notebook of 300 cells as they are in life: about 510 characters each, with functions, comprehensions, and what was bound above.

export const LONG_CELLS = 300;

const SETUP = `import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
COLUMNS = ["a", "b"]
SEED = 1
raw = pd.read_csv("data.csv")
folds = []
`;

/** With one more line in cell `edited`. */
export function makeLongNotebook(edited: number | null): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: Array.from({ length: LONG_CELLS }, (_, at) => ({
      cell_type: 'code', id: `c${at}`, outputs: [], execution_count: at,
      metadata: { tags: at === 0 ? ['setup'] : [`step:s${Math.floor(at / 3)}`] },
      source: at === 0 ? SETUP : makeCell(at) + (at === edited ? `late = data_${at}.head()\n` : ''),
    })),
  });
}

export function makeCell(at: number): string {
  const before = at < 3 ? 'raw' : `data_${at - 3}`;
  return `def clean_${at}(df, columns=None):
    out = df.copy()
    for c in columns or COLUMNS:
        out[c] = out[c].fillna(out[c].mean())
    return out[out['x'] > ${at}]

data_${at} = clean_${at}(${before}, columns=['a', 'b', 'c'])
data_${at}['z'] = data_${at}['a'] * 2 + data_${at}['b']
model_${at} = RandomForestClassifier(n_estimators=100, random_state=SEED)
model_${at}.fit(data_${at}[['a', 'b']], data_${at}['z'])
scores_${at} = [model_${at}.score(a, b) for a, b in folds if len(a) > 3]
print(f"mean {np.mean(scores_${at}):.3f} of {len(scores_${at})}")
`;
}
