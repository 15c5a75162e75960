// The DAG for a terminal: one line a step in notebook order, lanes for the edges that are still open.

import type { Edge } from '@headwater/protocol';
import { labelOf, type Graph } from '@headwater/engine';

export function graphAsText(graph: Graph): string {
  if (graph.steps.length === 0) return `${graph.flow}: no steps yet. Tag a cell \`step:NAME\`.\n`;
  const width = Math.max(...graph.steps.map((step) => indentOf(step).length + step.name.length));
  const lines = graph.steps.map((step) => {
    const incoming = graph.edges.filter((edge) => edge.to === step.name);
    const from = incoming.length === 0 ? '' : `← ${joinProviders(incoming)}`;
    const notes = [...step.control, ...(step.openness === 'closed' ? [] : [step.openness])];
    const note = notes.length === 0 ? '' : `  (${notes.join(', ')})`;
    return `  ${indentOf(step)}${step.name.padEnd(width - indentOf(step).length)}  ${from}${note}`.trimEnd();
  });
  return `${graph.flow}\n${lines.join('\n')}\n`;
}

function joinProviders(edges: readonly Edge[]): string {
  const providers = [...new Set(edges.map((edge) => edge.from))];
  return providers.map((from) => `${from} (${edges.filter((edge) => edge.from === from).map(labelOf).join(', ')})`).join(' · ');
}

/** Steps of branches stand a little to the right, as a loop's body does. */
function indentOf({ inside, name }: Graph['steps'][number]): string {
  return '  '.repeat(inside.filter((opener) => opener !== name).length);
}
