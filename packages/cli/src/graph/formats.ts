// The DAG for other tools.

import type { Edge } from '@headwater/protocol';
import { labelOf, type Graph } from './graph.ts';

export function graphAsMermaid(graph: Graph): string {
  const ids = new Map(graph.steps.map((step, at) => [step.name, `s${at}`]));
  const nodes = graph.steps.map((step) => `  ${ids.get(step.name) ?? ''}["${step.name}"]`);
  const edges = graph.edges.map((edge) => `  ${ids.get(edge.from) ?? ''} ${arrowOf(edge)}|"${labelOf(edge).replaceAll('"', '#quot;')}"| ${ids.get(edge.to) ?? ''}`);
  return `flowchart TD\n${[...nodes, ...edges].join('\n')}\n`;
}

const arrowOf = (edge: Edge) => (edge.why === 'data' ? '-->' : '-.->');

export function graphAsDot(graph: Graph): string {
  const nodes = graph.steps.map((step) => `  ${quote(step.name)};`);
  const edges = graph.edges.map((edge) => `  ${quote(edge.from)} -> ${quote(edge.to)} [label=${quote(labelOf(edge))}${edge.why === 'data' ? '' : ', style=dashed'}];`);
  return `digraph ${quote(graph.flow)} {\n  node [shape=box, style=rounded];\n${[...nodes, ...edges].join('\n')}\n}\n`;
}

const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
