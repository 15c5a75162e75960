import { expect, test } from 'vitest';
import { frameRegions } from './frame-regions.ts';
import { layoutGraph } from './layout-graph.ts';

const step = (name: string, ...inside: string[]) => ({ name, inside });
const nodesOf = (steps: readonly { name: string }[], edges: readonly string[]) => layoutGraph(steps.map(({ name }) => name), edges.map((edge) => ({ from: edge[0] ?? '', to: edge[1] ?? '', label: '' }))).nodes;

const rowsOf = ({ y, height } = { y: NaN, height: NaN }): [number, number] => [y, y + height];

test('a frame goes around the branches, one inside another, and nobody else stands in it', () => {
  const steps = [step('a'), step('b', 'b'), step('c', 'b', 'c'), step('d', 'b'), step('e')];
  const nodes = nodesOf(steps, ['ab', 'bc', 'cd', 'de']);
  const [outer, inner] = frameRegions(nodes, steps);
  expect([outer?.name, inner?.name]).toEqual(['b', 'c']);
  expect(rowsOf(outer)[0]).toBeLessThan(rowsOf(inner)[0]);
  expect(rowsOf(outer)[1]).toBeGreaterThan(rowsOf(inner)[1]);
  expect(frameRegions(nodes, [step('a'), step('b', 'b'), step('c'), step('d', 'b'), step('e')])).toEqual([]);
});
