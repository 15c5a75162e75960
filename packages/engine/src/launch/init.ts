// A notebook to start from: a small tagged one, or a tagged copy of one that has no tags yet.

import { UserError } from '@headwater/protocol';
import { createAnalyser } from '../notebook/analyse.ts';
import { toIpynb } from '../notebook/read/to-ipynb.ts';
import { readWasm } from './resources.ts';

interface Cell {
  metadata: Record<string, unknown>;
}

export interface Proposal {
  /** The tagged copy, nbformat 4. */
  readonly notebook: Record<string, unknown>;
  readonly tags: readonly { readonly cell: number; readonly tags: readonly string[] }[];
}

/** Throws UserError for what is no notebook, and for one that has steps already. */
export async function proposeFlow(text: string, path: string): Promise<Proposal> {
  const analyser = await createAnalyser({ core: readWasm('web-tree-sitter.wasm'), python: readWasm('tree-sitter-python.wasm') });
  const tags = analyser.propose(text, { path });
  const steps = analyser.analyse(text, { path }).steps.filter((step) => step.kind === 'step').length;
  if (steps > 0) throw new UserError('has-steps', `${path} has steps already.`, `Run it: \`headwater run ${path}\`.`);
  const notebook = toIpynb(text, path);
  const cells = notebook['cells'] as Cell[];
  for (const proposal of tags) {
    const cell = cells[proposal.cell];
    if (cell !== undefined) cell.metadata = { ...cell.metadata, tags: [...proposal.tags] };
  }
  return { notebook, tags };
}

const SAMPLE: readonly (readonly [tags: readonly string[] | null, source: string])[] = [
  [null, '# A first flow\n\nTags on the cells make this notebook a flow. Run it with `headwater run first-flow.ipynb`.'],
  [['parameters'], 'sides = 6    # of each die\nthrows = 1000'],
  [['setup'], 'import random\nfrom collections import Counter\n\nrandom.seed(1)'],
  [['step:throw'], 'dice = [random.randint(1, sides) + random.randint(1, sides) for _ in range(throws)]\nprint(f"{len(dice)} throws of two dice")'],
  [['step:count'], 'counts = Counter(dice)\ncounts.most_common(3)'],
  [['step:mean'], 'mean = sum(dice) / len(dice)\nmean'],
  [['step:report'], 'best, times = counts.most_common(1)[0]\nprint(f"{best} came {times} times; the mean is {mean:.2f}")'],
];

/** The text of a small tagged notebook. */
export function sampleNotebook(): string {
  const cells = SAMPLE.map(([tags, source], at) => ({
    cell_type: tags === null ? 'markdown' : 'code',
    id: `cell-${at}`,
    metadata: tags === null ? {} : { tags },
    source: source.split(/(?<=\n)/),
    ...(tags === null ? {} : { execution_count: null, outputs: [] }),
  }));
  const metadata = { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' }, language_info: { name: 'python' } };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
