// How long an analysis takes: a notebook of 300 cells, cold and after one edit. By hand: `node --conditions=@headwater/source analyse.bench.ts`.
 

import { createAnalyser } from './analyse.ts';

const CELLS = 300;
const EDITS = 40;

/** As long as cells are (about 510 characters), with functions, comprehensions, aliases and what was bound above. */
function makeCell(at: number): string {
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

const SETUP = 'import numpy as np\nimport pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier\nCOLUMNS = ["a", "b"]\nSEED = 1\nraw = pd.read_csv("data.csv")\nfolds = []\n';

function makeNotebook(edited: number | null): string {
  const cells = Array.from({ length: CELLS }, (_, at) => ({
    cell_type: 'code', id: `c${at}`, outputs: [], execution_count: at,
    metadata: { tags: at === 0 ? ['setup'] : [`step:s${Math.floor(at / 3)}`] },
    source: at === 0 ? SETUP : makeCell(at) + (at === edited ? `late = data_${at}.head()\n` : ''),
  }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
}

const path = 'bench.ipynb';
const started = performance.now();
const analyser = await createAnalyser();
const ready = performance.now();
const flow = analyser.analyse(makeNotebook(null), { path });
const done = performance.now();
const edits = Array.from({ length: EDITS }, (_, at) => {
  const text = makeNotebook((at * 37) % CELLS || 1);
  const from = performance.now();
  analyser.analyse(text, { path });
  return performance.now() - from;
}).sort((a, b) => a - b);

const ms = (value: number | undefined) => `${(value ?? 0).toFixed(1)} ms`;
console.log(`${flow.cells.length} cells, ${flow.steps.length} steps, ${flow.edges.length} edges, ${flow.diagnostics.length} diagnostics`);
console.log(`cold: ${ms(done - started)}, of it wasm ${ms(ready - started)}`);
console.log(`after one edit: median ${ms(edits[EDITS >> 1])}, 90 % ${ms(edits[Math.floor(EDITS * 0.9)])}, first ${ms(edits.at(-1))}`);
