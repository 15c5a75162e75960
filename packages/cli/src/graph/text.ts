// The DAG for a terminal: one line a step in notebook order, lanes for the edges that are still open.

import type { Edge } from '@headwater/protocol';
import { labelOf, type Graph } from './graph.ts';

export function graphAsText(graph: Graph): string {
  if (graph.steps.length === 0) return `${graph.flow}: no steps yet. Tag a cell \`step:NAME\`.\n`;
  const width = Math.max(...graph.steps.map((step) => step.name.length));
  const lines = graph.steps.map((step) => {
    const incoming = graph.edges.filter((edge) => edge.to === step.name);
    const from = incoming.length === 0 ? '' : `← ${joinProviders(incoming)}`;
    const note = step.openness === 'closed' ? '' : `  (${step.openness})`;
    return `  ${step.name.padEnd(width)}  ${from}${note}`.trimEnd();
  });
  return `${graph.flow}\n${lines.join('\n')}\n`;
}

function joinProviders(edges: readonly Edge[]): string {
  const providers = [...new Set(edges.map((edge) => edge.from))];
  return providers.map((from) => `${from} (${edges.filter((edge) => edge.from === from).map(labelOf).join(', ')})`).join(' · ');
}
