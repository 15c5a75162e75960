// What people bring from Kale gives their order and runs: `npm run test:kale`. HEADWATER_KALE names a copy of Kale's repository, with all
// its examples; without one, the notebooks of its released package are what is tested.

import { cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project } from '../helpers/project.ts';
import { fetchPackage, readKaleNotebooks } from './notebooks.ts';

const folder = process.env['HEADWATER_KALE'] ?? fetchPackage();
const notebooks = readKaleNotebooks(folder);
/** Those that need nothing but the project's own environment and data that ship with them. */
const RUNNABLE = ['backend/kale/tests/assets/notebooks/pipeline_parameters_and_metrics.ipynb', 'candies_sharing.ipynb', 'sklearn/iris.ipynb'];
const named = notebooks.map((each): [string, typeof each] => [path.relative(folder, each.file), each]);

interface Graph {
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** Whether `to` needs `from`, by any way. */
function reaches({ edges }: Graph, from: string, to: string): boolean {
  return edges.some((edge) => edge.from === from && (edge.to === to || reaches({ edges }, edge.to, to)));
}

it('there are notebooks to test', () => expect(notebooks.length).toBeGreaterThanOrEqual(1));

describe("gives its author's order", () => {
  it.each(named)('%s', async (_, { file, order, steps }) => {
    const { stdout, code } = await new Project().headwater('graph', file, '--json');
    expect(code).toBe(0);
    const graph = JSON.parse(stdout) as Graph & { steps: readonly { name: string }[] };
    expect(graph.steps.map((step) => step.name)).toEqual(expect.arrayContaining([...steps]));
    expect(order.filter(([before, after]) => !reaches(graph, before, after))).toEqual([]);
  });
});

const runnable = named.filter(([name]) => RUNNABLE.some((each) => name.endsWith(each)));
if (runnable.length > 0) {
  it.each(runnable)('%s runs', async (_, { file }) => {
    const project = new Project();
    cpSync(path.dirname(file), project.folder, { recursive: true });
    expect((await project.run(path.basename(file))).status).toBe('done');
  });
}
