import { expect, test } from 'vitest';
import { layoutGraph, NODE } from './layout-graph.ts';

const edge = (text: string) => ({ from: text[0] ?? '', to: text[1] ?? '', label: text.slice(2) });
const cells = (steps: string, edges: string[]) => Object.fromEntries(layoutGraph(steps.split(''), edges.map(edge)).nodes.map((node) => [node.name, [node.rank, node.column]]));

test('a chain stays in its column, and branches stand side by side in notebook order', () => {
  expect(cells('abcd', ['ab', 'bc', 'bd'])).toEqual({ a: [0, 0], b: [1, 0], c: [2, 0], d: [2, 1] });
});

test('a join comes below the longest way to it', () => {
  expect(cells('abcde', ['ab', 'ac', 'cd', 'be', 'de'])).toEqual({ a: [0, 0], b: [1, 0], c: [1, 1], d: [2, 1], e: [3, 1] });
});

test('the same flow gives the same picture, in whatever order its edges are known', () => {
  const edges = ['ab', 'ac', 'ad', 'be', 'ce', 'de', 'ae'].map(edge);
  expect(layoutGraph('abcde'.split(''), [...edges].reverse())).toEqual(layoutGraph('abcde'.split(''), edges));
});

test('no edge goes through a node', () => {
  const steps = 'abcdefg'.split('');
  const edges = ['ab', 'bc', 'cd', 'ad', 'ac', 'ae', 'ef', 'ag', 'bg', 'fg', 'eg'].map(edge);
  const { nodes, routes } = layoutGraph(steps, edges);
  for (const route of routes) {
    const others = nodes.filter((node) => node.name !== route.from && node.name !== route.to);
    for (const point of pointsOf(route.path)) {
      for (const node of others) expect(isInside(point, node), `${route.from}→${route.to} through ${node.name}`).toBe(false);
    }
  }
});

// Two labels of the bikes sample stood on one another: those of two models that come from the right into one step.
const BIKES = [
  ['load', 'clean', 'raw'], ['clean', 'features', 'hours'], ['features', 'ridge', 'test, train'], ['features', 'forest', 'test, train'], ['features', 'boosting', 'test, train'],
  ['ridge', 'choose', 'ridge, ridge_error'], ['forest', 'choose', 'forest, forest_error'], ['boosting', 'choose', 'boosting, boosting_error'], ['features', 'evaluate', 'test'],
  ['choose', 'evaluate', 'best_name, model'], ['features', 'figure', 'test'], ['choose', 'figure', 'best_name'], ['evaluate', 'figure', 'guess'],
].map(([from = '', to = '', label = '']) => ({ from, to, label }));

/** Every step reads of some before it, by names short and long; the same flow for the same seed. */
function randomFlow(seed: number): Parameters<typeof layoutGraph> {
  let state = seed;
  const below = (limit: number) => { state = (state * 48_271) % 2_147_483_647; return state % limit; };
  const steps = Array.from({ length: 3 + below(12) }, (_, at) => `s${String(at)}`);
  const edges = steps.flatMap((to, at) => steps.slice(0, at).filter(() => below(3) === 0).map((from) => ({ from, to, label: 'a'.repeat(below(28)) })));
  return [steps, edges, new Set(steps.filter(() => below(5) === 0))];
}

test('no name on an edge stands on another one, on a node, or outside of the picture', () => {
  const flows = [[[...new Set(BIKES.flatMap(({ from, to }) => [from, to]))], BIKES] as const, ...Array.from({ length: 300 }, (_, at) => randomFlow(at + 1))];
  for (const [steps, edges, framed] of flows) {
    const { nodes, routes, width, height } = layoutGraph(steps, edges, framed);
    const labels = routes.filter((route) => route.labelWidth > 0).map(({ x, y, labelWidth, ...route }) => ({ what: `${route.from}→${route.to}`, left: x, right: x + labelWidth, top: y - 9, bottom: y + 9 }));
    const boxes = [...labels, ...nodes.map(({ name, x, y, room }) => ({ what: name, left: x, right: x + NODE.width, top: y - room, bottom: y + NODE.height }))];
    for (const label of labels) {
      expect([label.what, boxes.filter((other) => other !== label && label.left < other.right && label.right > other.left && label.top < other.bottom && label.bottom > other.top)]).toEqual([label.what, []]);
      expect([label.what, label.left >= 0, label.right <= width, label.bottom <= height]).toEqual([label.what, true, true, true]);
    }
  }
});

/** Points every few pixels along the straight parts of a path. */
function pointsOf(path: string): { x: number; y: number }[] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MHVQ])([^MHVQ]+)/g)].flatMap(([, command, rest = '']) => {
    const numbers = rest.trim().split(/\s+/).map(Number);
    const before = { x, y };
    if (command === 'H') x = numbers[0] ?? x;
    else if (command === 'V') y = numbers[0] ?? y;
    else [x, y] = numbers.slice(-2) as [number, number];
    if (command === 'M') return [];
    return Array.from({ length: 60 }, (_, at) => ({ x: before.x + ((x - before.x) * at) / 60, y: before.y + ((y - before.y) * at) / 60 }));
  });
}

const isInside = ({ x, y }: { x: number; y: number }, node: { x: number; y: number }) => x > node.x && x < node.x + NODE.width && y > node.y && y < node.y + NODE.height;
