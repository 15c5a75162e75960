// Where the nodes and edges of a flow stand. Pure, and the same notebook always gives the same picture: rank is the longest path, a step stays in
// its provider's column if it can, and an edge never goes through a node.

import { placeLabels, type PlacedLabel, type Spot } from './place-labels.ts';

export const NODE = { width: 184, height: 44 } as const;
const GAP = { rank: 34, column: 56 } as const;
const CORNER = 12;
const LANE = 18;
const EDGE = 12;
/** Above a step that opens a foreach: for the frame and its title. */
const ROOM = 24;
/** The names on an edge: a line of 12 px, in letters of one width. */
const TEXT = { height: 18, letter: 7.3, pad: 4 } as const;
/** Between a line and the names beside it. */
const BESIDE = 10;

export interface Placed {
  readonly name: string;
  readonly rank: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
  /** More than the usual gap above it. */
  readonly room: number;
}

interface Route {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  /** Where its label begins, and its middle from above. */
  readonly x: number;
  readonly y: number;
  readonly labelWidth: number;
}

export interface Layout {
  readonly nodes: readonly Placed[];
  readonly routes: readonly Route[];
  readonly width: number;
  readonly height: number;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  /** Empty where nothing stands beside it. */
  readonly label: string;
}

/** How an edge goes: straight or sideways and down, through the gap below its rank, or around at the left in a lane of its own. */
type Way = 'direct' | 'between' | number;

interface Line {
  readonly edge: Edge;
  readonly way: Way;
  readonly from: Placed;
  readonly to: Placed;
}

/** `steps` in notebook order; edges go downwards in it. Steps in `framed` have room above them. */
export function layoutGraph(steps: readonly string[], edges: readonly Edge[], framed: ReadonlySet<string> = new Set()): Layout {
  const place = new Map(steps.map((name, index) => [name, index]));
  const placeOf = (name: string) => place.get(name) ?? -1;
  // In the order of the notebook: that of a run is the order in which its steps came to read.
  const known = edges.filter(({ from, to }) => placeOf(from) >= 0 && placeOf(from) < placeOf(to)).sort((one, other) => placeOf(one.to) - placeOf(other.to) || placeOf(one.from) - placeOf(other.from));
  const cells = placeCells(steps, known);
  const ways = waysOf(known, cells);
  const left = EDGE + ways.filter((way) => typeof way === 'number').length * LANE;
  const roomy = new Set([...framed].flatMap((name) => cells.get(name)?.rank ?? []));
  const placeNodes = (topOf: (rank: number) => number) => steps.map((name): Placed => {
    const { rank, column } = cells.get(name) ?? { rank: 0, column: 0 };
    return { name, rank, column, x: left + column * (NODE.width + GAP.column), y: topOf(rank), room: roomy.has(rank) ? ROOM : 0 };
  });
  const linesOf = (nodes: readonly Placed[]) => {
    const at = new Map(nodes.map((node) => [node.name, node]));
    return known.flatMap((edge, index): Line[] => {
      const [from, to, way] = [at.get(edge.from), at.get(edge.to), ways[index]];
      return from === undefined || to === undefined || way === undefined ? [] : [{ edge, way, from, to }];
    });
  };
  // How many rows of names a gap holds says how high it is; where they stand from the left does not depend on that.
  const labels = placeLabels(linesOf(placeNodes(() => 0)).map((line) => ({ width: widthOf(line.edge), spots: spotsOf(line, left).filter(({ x }) => x >= 0) })));
  const ranks = Math.max(1, ...[...cells.values()].map((cell) => cell.rank + 1));
  const tops = topsOf(ranks, labels, roomy);
  const topOf = (rank: number) => tops[rank] ?? 0;
  const nodes = placeNodes(topOf);
  const routes = linesOf(nodes).map((line, index): Route => {
    const { gap, x, row } = labels[index] ?? NOWHERE;
    return { from: line.from.name, to: line.to.name, path: pathOf(line, left), x, y: topOf(gap) + NODE.height + GAP.rank / 2 + TEXT.height * row, labelWidth: widthOf(line.edge) };
  });
  const columns = Math.max(1, ...nodes.map((node) => node.column + 1));
  // Names stand at the right of the last column, too.
  const right = Math.max(left + columns * (NODE.width + GAP.column), ...routes.map((route) => route.x + route.labelWidth));
  return { nodes, routes, width: right + EDGE, height: topOf(ranks - 1) + NODE.height + EDGE };
}

/** Of every rank: a gap is higher by the rows of names that stand in it, and by the room for a frame. */
function topsOf(ranks: number, labels: readonly PlacedLabel[], roomy: ReadonlySet<number>): number[] {
  const rows = new Map<number, number>();
  for (const { gap, row } of labels) rows.set(gap, Math.max(row, rows.get(gap) ?? 0));
  const tops: number[] = [];
  for (let rank = 0; rank < ranks; rank += 1) {
    const above = rank === 0 ? EDGE : (tops[rank - 1] ?? 0) + NODE.height + GAP.rank + TEXT.height * (rows.get(rank - 1) ?? 0);
    tops.push(above + (roomy.has(rank) ? ROOM : 0));
  }
  return tops;
}

const NOWHERE: PlacedLabel = { gap: 0, x: 0, row: 0 };

const widthOf = ({ label }: Edge) => (label === '' ? 0 : Math.ceil(label.length * TEXT.letter) + TEXT.pad);

type Cells = ReadonlyMap<string, { readonly rank: number; readonly column: number }>;

function placeCells(steps: readonly string[], edges: readonly Edge[]): Cells {
  const cells = new Map<string, { rank: number; column: number }>();
  const taken = new Set<string>();
  for (const name of steps) {
    const providers = edges.filter((edge) => edge.to === name).flatMap((edge) => cells.get(edge.from) ?? []);
    const rank = Math.max(-1, ...providers.map((cell) => cell.rank)) + 1;
    let column = providers.find((cell) => cell.rank === rank - 1)?.column ?? 0;
    while (taken.has(`${rank} ${column}`)) column += 1;
    taken.add(`${rank} ${column}`);
    cells.set(name, { rank, column });
  }
  return cells;
}

/** Straight down, or sideways and down, without anything in the way. */
function isDirect(edge: Edge, cells: Cells): boolean {
  const [from, to] = [cells.get(edge.from), cells.get(edge.to)];
  if (from === undefined || to === undefined) return true;
  const others = [...cells.values()];
  const below = others.some((cell) => cell.column === to.column && cell.rank > from.rank && cell.rank < to.rank);
  const [first, last] = [Math.min(from.column, to.column), Math.max(from.column, to.column)];
  const beside = from.column !== to.column && others.some((cell) => cell.rank === from.rank && cell.column >= first && cell.column <= last && cell.column !== from.column);
  return !below && !beside;
}

/** To the rank below, past others that stand beside: through the gap between the two ranks. */
function isNext(edge: Edge, cells: Cells): boolean {
  return (cells.get(edge.to)?.rank ?? 0) - (cells.get(edge.from)?.rank ?? 0) === 1;
}

function waysOf(edges: readonly Edge[], cells: Cells): Way[] {
  let lane = 0;
  return edges.map((edge) => {
    if (isDirect(edge, cells)) return 'direct';
    if (isNext(edge, cells)) return 'between';
    lane += 1;
    return lane;
  });
}

/** Where its names could stand, best first: where they are next to no other line. */
function spotsOf({ edge, way, from, to }: Line, left: number): Spot[] {
  const width = widthOf(edge);
  const [above, below] = [to.rank - 1, from.rank];
  if (way === 'direct') {
    const end = to.x + NODE.width / 2;
    return (from.column === to.column ? [below, above] : [above]).flatMap((gap) => [{ gap, x: end + BESIDE }, { gap, x: end - BESIDE - width }]);
  }
  if (way === 'between') {
    const { start, end } = acrossOf(from, to);
    // What comes together is told apart where it comes from, what goes apart where it goes to.
    return (start < end ? [end + BESIDE, start + BESIDE, end - BESIDE - width] : [start + BESIDE, end + BESIDE, start - BESIDE - width]).map((x) => ({ gap: below, x }));
  }
  const { start, end } = aroundOf(from, to);
  const lane = left - way * LANE;
  return [{ gap: below, x: (lane + start) / 2 - 30 }, { gap: above, x: (lane + end) / 2 - 30 }];
}

function pathOf({ way, from, to }: Line, left: number): string {
  if (way === 'direct') return direct(from, to);
  return way === 'between' ? between(from, to) : around(from, to, left - way * LANE);
}

function direct(from: Placed, to: Placed): string {
  const end = to.x + NODE.width / 2;
  if (from.column === to.column) return `M${end} ${from.y + NODE.height}V${to.y}`;
  const side = from.column < to.column ? from.x + NODE.width : from.x;
  const turn = from.column < to.column ? end - CORNER : end + CORNER;
  const middle = from.y + NODE.height / 2;
  return `M${side} ${middle}H${turn}Q${end} ${middle} ${end} ${middle + CORNER}V${to.y}`;
}

/** Beside the middle, which is for what stands straight above or below. */
function acrossOf(from: Placed, to: Placed): { readonly by: number; readonly start: number; readonly end: number } {
  const by = from.column < to.column ? 1 : -1;
  return { by, start: from.x + NODE.width / 2 + 30 * by, end: to.x + NODE.width / 2 - 30 * by };
}

/** Down into the gap, sideways, and down to the target. */
function between(from: Placed, to: Placed): string {
  const { by, start, end } = acrossOf(from, to);
  const [top, gap] = [from.y + NODE.height, from.y + NODE.height + GAP.rank / 2];
  return `M${start} ${top}V${gap - 6}Q${start} ${gap} ${start + 6 * by} ${gap}H${end - 6 * by}Q${end} ${gap} ${end} ${gap + 6}V${to.y}`;
}

const aroundOf = (from: Placed, to: Placed) => ({ start: from.x + NODE.width / 2 - 30, end: to.x + NODE.width / 2 - 30 });

/** Down into the gap below, out to its lane at the left, and back in above the target. */
function around(from: Placed, to: Placed, lane: number): string {
  const { start, end } = aroundOf(from, to);
  const [out, back] = [from.y + NODE.height + GAP.rank / 2, to.y - to.room - GAP.rank / 2];
  return `M${start} ${from.y + NODE.height}V${out - 6}Q${start} ${out} ${start - 6} ${out}H${lane + 6}Q${lane} ${out} ${lane} ${out + 6}V${back - 6}Q${lane} ${back} ${lane + 6} ${back}H${end - 6}Q${end} ${back} ${end} ${back + 6}V${to.y}`;
}
