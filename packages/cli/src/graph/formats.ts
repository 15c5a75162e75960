// The DAG for other tools.

import type { Edge } from '@headwater/protocol';
import { labelOf, type Graph } from '@headwater/engine';

export function graphAsMermaid(graph: Graph): string {
  const ids = new Map(graph.steps.map((step, at) => [step.name, `s${at}`]));
  const nodes = graph.steps.map((step) => `  ${ids.get(step.name) ?? ''}["${[step.name, ...step.control].join('<br/>').replaceAll('"', '#quot;')}"]`);
  const edges = graph.edges.map((edge) => `  ${ids.get(edge.from) ?? ''} ${arrowOf(edge)}|"${labelOf(edge).replaceAll('"', '#quot;')}"| ${ids.get(edge.to) ?? ''}`);
  return `flowchart TD\n${[...nodes, ...edges].join('\n')}\n`;
}

const arrowOf = (edge: Edge) => (isData(edge) ? '-->' : '-.->');

export function graphAsDot(graph: Graph): string {
  const nodes = graph.steps.map((step) => `  ${quote(step.name)}${step.control.length === 0 ? '' : ` [label=${quote([step.name, ...step.control].join('\n'))}]`};`);
  const edges = graph.edges.map((edge) => `  ${quote(edge.from)} -> ${quote(edge.to)} [label=${quote(labelOf(edge))}${isData(edge) ? '' : ', style=dashed'}];`);
  return `digraph ${quote(graph.flow)} {\n  node [shape=box, style=rounded];\n${[...nodes, ...edges].join('\n')}\n}\n`;
}

const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const isData = ({ why, names }: Edge) => why === 'data' || why === 'list' || (why === 'join' && names.length > 0);
