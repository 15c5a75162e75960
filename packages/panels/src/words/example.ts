// A notebook that shows what tags do: plain Python, seconds to run, a foreach and its join.

import { t } from './translate.ts';

export const EXAMPLE_FILE = 'headwater-example.ipynb';

const CELLS: readonly (readonly [tags: string, source: string])[] = [
  ['parameters', 'days = 200  # how many are drawn\nseed = 7'],
  ['setup', 'import random\nimport statistics'],
  ['step:load', 'draw = random.Random(seed)\nseries = [10 + day / 20 + draw.gauss(0, 1) for day in range(days)]\nalphas = [0.1, 0.3, 0.9]'],
  ['step:smooth foreach:alpha=alphas', 'level, errors = series[0], []\nfor value in series[1:]:\n    errors.append(abs(value - level))\n    level += alpha * (value - level)\nerror = statistics.mean(errors)\nprint(f"alpha {alpha}: {error:.3f} off on average")'],
  ['step:pick join:found=error', 'best = alphas[found.index(min(found))]\nbest'],
];

const words = () => [
  t('# A flow in five cells'),
  t('Each cell below has a tag: `step:…` makes it a step, `foreach:alpha=alphas` runs it once for every alpha, side by side, and `join:` collects what the branches found.'),
  t('Choose **Run Flow**. Every result is kept: open the run, look at the graph and the logs, and load `series` or `best` into this notebook.'),
];

/** The file's text (nbformat 4.5). */
export function exampleText(): string {
  const cells = CELLS.map(([tags, source], at) => ({ cell_type: 'code', id: `example-${String(at + 1)}`, metadata: { tags: tags.split(' ') }, source, outputs: [], execution_count: null }));
  const heading = { cell_type: 'markdown', id: 'example-0', metadata: {}, source: words().join('\n\n') };
  const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' };
  return `${JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec, language_info: { name: 'python' } }, cells: [heading, ...cells] }, null, 1)}\n`;
}
