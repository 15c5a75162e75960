// The DAG as a picture: top-down as a notebook reads, rank by longest path, a step under its provider where it can.

import { labelOf, type Graph } from './graph.ts';

const NODE = { width: 184, height: 44 };
const GAP = { column: 56, rank: 48 };
const MARGIN = 16;
/** Room beside the nodes for edges that skip ranks, one lane each. */
const LANE = 18;

interface Place {
  readonly rank: number;
  readonly column: number;
}

/** How a step of a run stands, instead of what its tags say. */
export interface NodeNote {
  readonly text: string;
  /** Of its border. */
  readonly color: string;
}

export function graphAsSvg(graph: Graph, notes: ReadonlyMap<string, NodeNote> = new Map()): string {
  const places = placeSteps(graph);
  const columns = 1 + Math.max(0, ...[...places.values()].map((place) => place.column));
  const ranks = 1 + Math.max(0, ...[...places.values()].map((place) => place.rank));
  const long = graph.edges.filter((edge) => spanOf(places, edge.from, edge.to) > 1);
  const width = 2 * MARGIN + columns * NODE.width + (columns - 1) * GAP.column + (long.length + 1) * LANE;
  const height = 2 * MARGIN + ranks * NODE.height + (ranks - 1) * GAP.rank;
  const edges = graph.edges.map((edge) => drawEdge(places, edge, { lane: long.indexOf(edge), right: width - MARGIN - long.length * LANE }));
  const nodes = graph.steps.map((step) => drawNode(step, places, notes.get(step.name) ?? null));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">
<title>${escape(graph.flow)}</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#777"/></marker></defs>
${[...edges.map((edge) => edge.path), ...edges.map((edge) => edge.label), ...nodes].join('\n')}
</svg>
`;
}

function placeSteps(graph: Graph): Map<string, Place> {
  const places = new Map<string, Place>();
  const taken = new Set<string>();
  for (const step of graph.steps) {
    const providers = step.after.map((name) => places.get(name)).filter((place) => place !== undefined);
    const rank = 1 + Math.max(-1, ...providers.map((place) => place.rank));
    let column = providers.find((place) => place.rank === rank - 1)?.column ?? 0;
    while (taken.has(`${rank},${column}`)) column += 1;
    taken.add(`${rank},${column}`);
    places.set(step.name, { rank, column });
  }
  return places;
}

const spanOf = (places: ReadonlyMap<string, Place>, from: string, to: string) => (places.get(to)?.rank ?? 0) - (places.get(from)?.rank ?? 0);

const leftOf = (place: Place) => MARGIN + place.column * (NODE.width + GAP.column);
const topOf = (place: Place) => MARGIN + place.rank * (NODE.height + GAP.rank);

function drawNode({ name, control }: Graph['steps'][number], places: ReadonlyMap<string, Place>, given: NodeNote | null): string {
  const place = places.get(name) ?? { rank: 0, column: 0 };
  const [x, y] = [leftOf(place), topOf(place)];
  const text = name.length > 24 ? `${name.slice(0, 12)}…${name.slice(-11)}` : name;
  const rect = (shift: number) => `<rect x="${x + shift}" y="${y - shift}" width="${NODE.width}" height="${NODE.height}" rx="4" fill="#fff" stroke="${given?.color ?? '#777'}"/>`;
  // A stack stands for many tasks; the second line says why.
  const stack = control.some((each) => each.startsWith('each ')) ? rect(4) : '';
  const note = given?.text ?? control.join(', ');
  const second = note === '' ? '' : `<text x="${x + NODE.width / 2}" y="${y + NODE.height / 2 + 14}" font-size="11" fill="#555" text-anchor="middle">${escape(note.length > 30 ? `${note.slice(0, 29)}…` : note)}</text>`;
  const title = note === '' ? '' : `<title>${escape(`${name}: ${note}`)}</title>`;
  return `<g>${title}${stack}${rect(0)}<text x="${x + NODE.width / 2}" y="${y + NODE.height / 2 + (note === '' ? 4 : -3)}" text-anchor="middle">${escape(text)}</text>${second}</g>`;
}

function drawEdge(places: ReadonlyMap<string, Place>, edge: Graph['edges'][number], side: { lane: number; right: number }): { path: string; label: string } {
  const from = places.get(edge.from) ?? { rank: 0, column: 0 };
  const to = places.get(edge.to) ?? { rank: 0, column: 0 };
  const [x1, y1] = [leftOf(from) + NODE.width / 2, topOf(from) + NODE.height];
  const [x2, y2] = [leftOf(to) + NODE.width / 2, topOf(to)];
  const lane = side.right + side.lane * LANE;
  const half = GAP.rank / 2;
  const path = side.lane < 0
    ? `M${x1} ${y1}C${x1} ${y1 + half} ${x2} ${y2 - half} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1} ${y1 + half} ${lane} ${y1 + half / 2} ${lane} ${y1 + GAP.rank}V${y2 - GAP.rank}C${lane} ${y2 - half / 2} ${x2} ${y2 - half} ${x2} ${y2}`;
  const dash = edge.why === 'data' ? '' : ' stroke-dasharray="4 3"';
  // Beside the node that only this edge belongs to: the branch, whichever end it is.
  const [x, y] = to.column >= from.column ? [x2, y2 - 16] : [x1, y1 + 20];
  // Twice: a white rim keeps lines out of the letters, and not every viewer knows `paint-order`.
  const text = (paint: string) => `<text x="${x + 6}" y="${y}" font-size="11" ${paint}>${escape(labelOf(edge))}</text>`;
  const label = side.lane < 0 ? text('fill="#fff" stroke="#fff" stroke-width="3"') + text('fill="#555"') : '';
  const title = escape(`${edge.from} → ${edge.to}: ${edge.names.join(', ')}`);
  return { path: `<path d="${path}" fill="none" stroke="#777"${dash} marker-end="url(#tip)"><title>${title}</title></path>`, label };
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
