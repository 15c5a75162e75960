// The graphs on which Metaflow's core suite tries every behaviour, as data. What each is for: README.md beside this file.

export interface Step {
  /** The step that follows; several are branches side by side. */
  readonly next?: string | readonly string[];
  /** Collects what comes together here: branches side by side, or those of a foreach. */
  readonly join?: true;
  /** `next` runs once for each element of `list`, a variable that this step binds. */
  readonly each?: { readonly list: string; readonly of: readonly unknown[] };
  readonly choose?: Choice;
}

/** One of several steps follows, by the text of a variable that this step binds. A case that leads to the step itself repeats it. */
export interface Choice {
  readonly by: string;
  readonly cases: Readonly<Record<string, string>>;
  /** The text itself, or how often a step that repeats goes round; null: the element of the innermost foreach says it. */
  readonly is: string | number | null;
}

export interface Graph {
  readonly name: string;
  /** In notebook order. */
  readonly steps: Readonly<Record<string, Step>>;
}

/** A full binary tree of branches side by side, closed again pair by pair. */
function nest(name: string, depth: number): Record<string, Step> {
  const [left, right] = [`${name}a`, `${name}b`];
  const below = depth > 1 ? { ...nest(left, depth - 1), ...nest(right, depth - 1) } : { [left]: { next: `${name}join` }, [right]: { next: `${name}join` } };
  const closing = { [`${name}join`]: { join: true, next: name === '' ? 'end' : `${name.slice(0, -1)}join` } } as const;
  return name === '' ? { start: { next: [left, right] }, ...below, ...closing, end: {} } : { [name]: { next: [left, right] }, ...below, ...closing };
}

export const GRAPHS: readonly Graph[] = [
  { name: 'linear', steps: { start: { next: 'a' }, a: { next: 'end' }, end: {} } },
  { name: 'branch', steps: { start: { next: ['a', 'b'] }, a: { next: 'join' }, b: { next: 'join' }, join: { join: true, next: 'end' }, end: {} } },
  { name: 'nested branches', steps: nest('', 3) },
  { name: 'foreach', steps: {
    start: { next: 'split' }, split: { next: 'first', each: { list: 'arr', of: [1, 2, 3] } }, first: { next: 'second' }, second: { next: 'join' }, join: { join: true, next: 'end' }, end: {},
  } },
  { name: 'small foreach', steps: { start: { next: 'split' }, split: { next: 'inner', each: { list: 'arr', of: [1, 2, 3] } }, inner: { next: 'join' }, join: { join: true, next: 'end' }, end: {} } },
  { name: 'nested foreach', steps: {
    start: { next: 'split_x' }, split_x: { next: 'split_y', each: { list: 'x', of: ['a', 'b', 'c'] } }, split_y: { next: 'split_z', each: { list: 'y', of: ['d', 'e'] } },
    split_z: { next: 'inner', each: { list: 'z', of: ['f', 'g', 'h', 'i', 'j', 'k'] } }, inner: { next: 'join_z' },
    join_z: { join: true, next: 'join_y' }, join_y: { join: true, next: 'join_x' }, join_x: { join: true, next: 'end' }, end: {},
  } },
  { name: 'switch', steps: {
    start: { next: 'switch' }, switch: { choose: { by: 'condition', is: 'case2', cases: { case1: 'a', case2: 'b', case3: 'c' } } },
    a: { next: 'end' }, b: { next: 'end' }, c: { next: 'end' }, end: {},
  } },
  { name: 'nested switch', steps: {
    start: { choose: { by: 'condition', is: 'case1', cases: { case1: 'switch', case2: 'b' } } },
    switch: { choose: { by: 'condition2', is: 'case2_2', cases: { case2_1: 'c', case2_2: 'd' } } },
    b: { next: 'end' }, c: { next: 'end' }, d: { next: 'end' }, end: {},
  } },
  { name: 'switch in branch', steps: {
    start: { next: ['a', 'b'] }, a: { choose: { by: 'condition', is: 'case1', cases: { case1: 'c', case2: 'd' } } },
    c: { next: 'join' }, d: { next: 'join' }, b: { next: 'join' }, join: { join: true, next: 'end' }, end: {},
  } },
  { name: 'branch in switch', steps: {
    start: { choose: { by: 'mode', is: 'process', cases: { process: 'process', skip: 'skip' } } },
    process: { next: ['p1', 'p2'] }, p1: { next: 'join' }, p2: { next: 'join' }, join: { join: true, next: 'end' }, skip: { next: 'end' }, end: {},
  } },
  { name: 'switch in foreach', steps: {
    start: { next: 'process', each: { list: 'items', of: ['type_a', 'type_b', 'type_a'] } },
    process: { choose: { by: 'kind', is: null, cases: { type_a: 'handle_a', type_b: 'handle_b' } } },
    handle_a: { next: 'join' }, handle_b: { next: 'join' }, join: { join: true, next: 'end' }, end: {},
  } },
  { name: 'foreach in switch', steps: {
    start: { choose: { by: 'mode', is: 'process', cases: { process: 'process', skip: 'skip' } } },
    process: { next: 'work', each: { list: 'items', of: ['item_1', 'item_2'] } }, work: { next: 'join' }, join: { join: true, next: 'end' }, skip: { next: 'end' }, end: {},
  } },
  { name: 'recursive switch', steps: { start: { next: 'loop' }, loop: { choose: { by: 'status', is: 10, cases: { continue: 'loop', exit: 'leave' } } }, leave: { next: 'end' }, end: {} } },
  { name: 'recursive switch in foreach', steps: {
    start: { next: 'begin', each: { list: 'items', of: [3, 5, 2] } }, begin: { next: 'loop' },
    loop: { choose: { by: 'again', is: null, cases: { True: 'loop', False: 'leave' } } }, leave: { next: 'join' }, join: { join: true, next: 'end' }, end: {},
  } },
];

/** One of each kind, for what hardly depends on the shape. */
export const SOME = ['linear', 'branch', 'foreach', 'switch', 'recursive switch'].map((name) => GRAPHS.find((graph) => graph.name === name)!);

/** Those with a foreach. */
export const FANS = GRAPHS.filter(({ steps }) => Object.values(steps).some(({ each }) => each !== undefined));

export const graphsNamed = (...names: readonly string[]) => names.map((name) => GRAPHS.find((graph) => graph.name === name)!);

/** The same graph over another list. */
export function withList(graph: Graph, of: readonly unknown[]): Graph {
  return { ...graph, steps: Object.fromEntries(Object.entries(graph.steps).map(([name, step]) => [name, step.each === undefined ? step : { ...step, each: { ...step.each, of } }])) };
}
