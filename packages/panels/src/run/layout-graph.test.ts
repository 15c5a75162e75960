import { expect, test } from 'vitest';
import { layoutGraph, NODE } from './layout-graph.ts';

const edge = (text: string) => ({ from: text[0] ?? '', to: text[1] ?? '' });
const cells = (steps: string, edges: string[]) => Object.fromEntries(layoutGraph(steps.split(''), edges.map(edge)).nodes.map((node) => [node.name, [node.rank, node.column]]));

test('a chain stays in its column, and branches stand side by side in notebook order', () => {
  expect(cells('abcd', ['ab', 'bc', 'bd'])).toEqual({ a: [0, 0], b: [1, 0], c: [2, 0], d: [2, 1] });
});

test('a join comes below the longest way to it', () => {
  expect(cells('abcde', ['ab', 'ac', 'cd', 'be', 'de'])).toEqual({ a: [0, 0], b: [1, 0], c: [1, 1], d: [2, 1], e: [3, 1] });
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
