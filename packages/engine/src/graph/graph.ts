// The DAG as people see it: steps and the edges between them. Setup is everywhere, so it is left out unless asked for.

import { isSetupName, type Control, type Edge, type Flow } from '@headwater/protocol';

interface GraphStep {
  readonly name: string;
  /** Ids of its cells, or their positions where the notebook has no ids. */
  readonly cells: readonly string[];
  readonly after: readonly string[];
  readonly openness: string;
  /** What its tags say of its course, in a few words each: `each lr in rates`, `until done`. */
  readonly control: readonly string[];
  /** The foreach steps it is a branch of, outermost first. */
  readonly inside: readonly string[];
}

export interface Graph {
  readonly flow: string;
  readonly steps: readonly GraphStep[];
  readonly edges: readonly Edge[];
}

export function toGraph(flow: Flow, withSetup: boolean): Graph {
  const shown = flow.steps.filter((step) => withSetup || !isSetupName(step.name));
  const names = new Set(shown.map((step) => step.name));
  const edges = flow.edges.filter((edge) => names.has(edge.from) && names.has(edge.to));
  return {
    flow: flow.name,
    steps: shown.map((step) => ({
      name: step.name,
      cells: step.cells.map((index) => flow.cells[index]?.id ?? String(index)),
      after: [...new Set(edges.filter((edge) => edge.to === step.name).map((edge) => edge.from))],
      openness: step.names.openness,
      control: [...(step.closes === null ? [] : [CLOSES[step.closes]]), ...describeControl(step.control)],
      inside: [...step.inside],
    })),
    edges,
  };
}

const CLOSES = { success: 'on success', failure: 'on failure', always: 'at the end' };

function describeControl({ foreach, join, when, until, retries, timeoutMs, catches }: Control): string[] {
  return [
    ...(foreach === null ? [] : [`each ${foreach.item} in ${foreach.list}`]),
    ...(join === null ? [] : ['join']),
    ...when.map(({ name, negated, value }) => `when ${negated ? 'not ' : ''}${name}${value === null ? '' : ` is ${value}`}`),
    ...(until === null ? [] : [`until ${until.name}, at most ${until.max}`]),
    ...retries.map(({ times, cause }) => `retry ${times}${cause === 'any' ? '' : ` on ${cause}`}`),
    ...(timeoutMs === null ? [] : [`timeout ${timeoutMs / 1000} s`]),
    ...(catches === null ? [] : [`catch ${catches}`]),
  ];
}

/** Names on an edge, at most two and 28 characters, then how many more. */
export function labelOf(edge: Edge): string {
  if (edge.why === 'prev') return 'prev';
  if (edge.why === 'join' && edge.names.length === 0) return 'join';
  const shown: string[] = [];
  for (const name of edge.names.slice(0, 2)) {
    if ([...shown, name].join(', ').length <= LABEL_CHARS || shown.length === 0) shown.push(name);
  }
  const more = edge.names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` +${more}` : ''}`;
}

const LABEL_CHARS = 28;
