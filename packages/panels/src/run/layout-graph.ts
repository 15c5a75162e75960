// Where the nodes and edges of a flow stand. Pure, and the same notebook always gives the same picture: rank is the longest path, a step stays in
// its provider's column if it can, and an edge never goes through a node.

export const NODE = { width: 184, height: 44 } as const;
const GAP = { rank: 34, column: 56 } as const;
const CORNER = 12;
const LANE = 18;
const EDGE = 12;
/** Above a step that opens a foreach: for the frame and its title. */
const ROOM = 24;

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
  /** Where its label stands. */
  readonly x: number;
  readonly y: number;
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
}

/** `steps` in notebook order; edges go downwards in it. Steps in `framed` have room above them. */
export function layoutGraph(steps: readonly string[], edges: readonly Edge[], framed: ReadonlySet<string> = new Set()): Layout {
  const known = edges.filter((edge) => steps.indexOf(edge.from) >= 0 && steps.indexOf(edge.from) < steps.indexOf(edge.to));
  const cells = placeCells(steps, known);
  const lanes = known.filter((edge) => !isDirect(edge, cells) && !isNext(edge, cells)).length;
  const left = EDGE + lanes * LANE;
  const roomy = new Set([...framed].flatMap((name) => cells.get(name)?.rank ?? []));
  const topOf = (rank: number) => EDGE + rank * (NODE.height + GAP.rank) + ROOM * [...roomy].filter((each) => each <= rank).length;
  const nodes = steps.map((name): Placed => {
    const { rank, column } = cells.get(name) ?? { rank: 0, column: 0 };
    return { name, rank, column, x: left + column * (NODE.width + GAP.column), y: topOf(rank), room: roomy.has(rank) ? ROOM : 0 };
  });
  const at = new Map(nodes.map((node) => [node.name, node]));
  let lane = 0;
  const routes = known.flatMap((edge): Route[] => {
    const [from, to] = [at.get(edge.from), at.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    if (isDirect(edge, cells)) return [direct(from, to)];
    if (isNext(edge, cells)) return [between(from, to)];
    lane += 1;
    return [around(from, to, left - lane * LANE)];
  });
  const columns = Math.max(1, ...nodes.map((node) => node.column + 1));
  const ranks = Math.max(1, ...nodes.map((node) => node.rank + 1));
  // The last column's labels stand at its right.
  return { nodes, routes, width: left + columns * (NODE.width + GAP.column) + EDGE, height: topOf(ranks - 1) + NODE.height + EDGE };
}

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

function direct(from: Placed, to: Placed): Route {
  const base = { from: from.name, to: to.name };
  const end = to.x + NODE.width / 2;
  if (from.column === to.column) {
    const top = from.y + NODE.height;
    return { ...base, path: `M${end} ${top}V${to.y}`, x: end + 10, y: (top + Math.min(to.y, top + GAP.rank)) / 2 };
  }
  const side = from.column < to.column ? from.x + NODE.width : from.x;
  const turn = from.column < to.column ? end - CORNER : end + CORNER;
  const middle = from.y + NODE.height / 2;
  return { ...base, path: `M${side} ${middle}H${turn}Q${end} ${middle} ${end} ${middle + CORNER}V${to.y}`, x: end + 10, y: to.y - to.room - GAP.rank / 2 };
}

/** Down into the gap, sideways, and down to the target: at its side, as its middle is for what stands straight above. */
function between(from: Placed, to: Placed): Route {
  const by = from.column < to.column ? 1 : -1;
  const [start, end] = [from.x + NODE.width / 2 + 30 * by, to.x + NODE.width / 2 - 30 * by];
  const [top, gap] = [from.y + NODE.height, from.y + NODE.height + GAP.rank / 2];
  const path = `M${start} ${top}V${gap - 6}Q${start} ${gap} ${start + 6 * by} ${gap}H${end - 6 * by}Q${end} ${gap} ${end} ${gap + 6}V${to.y}`;
  return { from: from.name, to: to.name, path, x: Math.min(start, end) + 12, y: gap };
}

/** Down into the gap below, out to a lane of its own at the left, and back in above the target. */
function around(from: Placed, to: Placed, lane: number): Route {
  const start = from.x + NODE.width / 2 - 30;
  const end = to.x + NODE.width / 2 - 30;
  const [out, back] = [from.y + NODE.height + GAP.rank / 2, to.y - to.room - GAP.rank / 2];
  const path = `M${start} ${from.y + NODE.height}V${out - 6}Q${start} ${out} ${start - 6} ${out}H${lane + 6}Q${lane} ${out} ${lane} ${out + 6}V${back - 6}Q${lane} ${back} ${lane + 6} ${back}H${end - 6}Q${end} ${back} ${end} ${back + 6}V${to.y}`;
  return { from: from.name, to: to.name, path, x: (lane + start) / 2 - 30, y: out };
}
