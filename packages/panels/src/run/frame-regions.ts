// The dashed frames around the steps of a foreach. Pure. Where a step that is no branch would stand inside, there is no frame: it would lie.

import type { StepView } from '@headwater/protocol';
import { NODE, type Placed } from './layout-graph.ts';

interface Framed {
  /** The step that opens it. */
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const PAD = 14;
/** A frame inside another is as much smaller on every side. */
const NEST = 4;

export function frameRegions(nodes: readonly Placed[], steps: readonly Pick<StepView, 'name' | 'inside'>[]): Framed[] {
  const openers = [...new Set(steps.flatMap((step) => step.inside))];
  return openers.flatMap((name): Framed[] => {
    const inside = new Set(steps.filter((step) => step.inside.includes(name)).map((step) => step.name));
    const members = nodes.filter((node) => inside.has(node.name));
    if (members.length === 0) return [];
    const pad = PAD - NEST * (steps.find((step) => step.name === name)?.inside.indexOf(name) ?? 0);
    const [left, top] = [Math.min(...members.map((node) => node.x)) - pad, Math.min(...members.map((node) => node.y)) - pad];
    const [right, bottom] = [Math.max(...members.map((node) => node.x)) + NODE.width + pad, Math.max(...members.map((node) => node.y)) + NODE.height + pad];
    const strangers = nodes.some((node) => !inside.has(node.name) && node.x < right && node.x + NODE.width > left && node.y < bottom && node.y + NODE.height > top);
    return strangers ? [] : [{ name, x: left, y: top, width: right - left, height: bottom - top }];
  });
}
