// What a graph means: what stands around each step, under which conditions it runs, and which tasks a run of it has. Written without the engine.

import type { Choice, Graph, Step } from './graphs.ts';

type Conditions = readonly { readonly choice: Choice; readonly case: string }[];

/** What was opened above a step and is not closed yet: a branch beside others, or those of a foreach and what that depends on. */
type Around = { readonly kind: 'lane'; readonly lane: string } | { readonly kind: 'each'; readonly list: string; readonly of: readonly unknown[]; readonly when: Conditions };

export interface Place {
  readonly name: string;
  readonly step: Step;
  /** The steps that lead here, itself left out. */
  readonly before: readonly string[];
  readonly around: readonly Around[];
  /** Everything that has to have been chosen. */
  readonly when: Conditions;
  /** Its first step is this one, for every element of that list. */
  readonly opens: string | null;
  /** It repeats itself. */
  readonly loop: boolean;
  /** What a join closes. */
  readonly closes: Around | null;
}

const nextOf = ({ next = [], choose }: Step): string[] => (choose === undefined ? [next].flat() : Object.values(choose.cases));

export function planOf(graph: Graph): Place[] {
  const places = new Map<string, Place>();
  for (const [name, step] of Object.entries(graph.steps)) {
    const leading = Object.entries(graph.steps).filter(([, each]) => nextOf(each).includes(name));
    const before = leading.map(([each]) => each).filter((each) => each !== name);
    const from = before.map((each) => places.get(each)!);
    const when = conditionsOf(from, name);
    const stack = from[0] === undefined ? [] : enter(from[0], name, when);
    places.set(name, {
      name, step, before, when, loop: leading.some(([each]) => each === name), opens: from[0]?.step.each?.list ?? null,
      around: step.join ? stack.slice(0, -1) : stack,
      closes: step.join ? stack.at(-1) ?? null : null,
    });
  }
  return [...places.values()];
}

function enter({ step, around }: Place, name: string, when: Conditions): readonly Around[] {
  if (step.each !== undefined) return [...around, { kind: 'each', ...step.each, when }];
  return Array.isArray(step.next) ? [...around, { kind: 'lane', lane: name }] : around;
}

/** What all ways to a step have chosen. A loop always goes on in the end: leaving it is no condition. */
function conditionsOf(from: readonly Place[], name: string): Conditions {
  const ways = from.map(({ step: { choose }, when, loop }) => {
    const chosen = Object.entries(choose?.cases ?? {}).find(([, to]) => to === name)?.[0];
    return choose === undefined || chosen === undefined || loop ? when : [...when, { choice: choose, case: chosen }];
  });
  const [first = [], ...others] = ways;
  return first.filter((one) => others.every((way) => way.some((other) => other.choice === one.choice && other.case === one.case)));
}

/** A name as a step has it: steps side by side share one namespace, so that each has a name of its own for the same thing. */
export const own = ({ around }: Place, name: string) => [name, ...around.flatMap((each) => (each.kind === 'lane' ? [each.lane] : []))].join('_');

export const itemOf = (list: string) => `${list}_item`;
const listsOf = ({ around }: Place) => around.flatMap((each) => (each.kind === 'each' ? [each] : []));

export interface Task {
  readonly id: string;
  readonly step: string;
  readonly indices: readonly number[];
  /** Elements of the lists around it. */
  readonly elements: readonly unknown[];
  readonly iteration: number | null;
  readonly skipped: boolean;
}

/** The tasks of a run in the order of the notebook and the lists. */
export function tasksOf(plan: readonly Place[]): Task[] {
  return plan.flatMap((place) => {
    const lists = listsOf(place);
    const opened = lists.every(({ list }) => isChosen(plan.find(({ step }) => step.each?.list === list)!, []));
    return (opened ? product(lists.map(({ of }) => of.map((_, at) => at))) : []).flatMap((indices) => {
      const elements = indices.map((at, depth) => lists[depth]!.of[at]);
      const skipped = !isChosen(place, elements);
      const times = place.loop && !skipped ? timesOf(place.step.choose!, elements) : 1;
      return Array.from({ length: times }, (_, at): Task => ({
        id: `${place.name}${indices.length > 0 ? `[${indices.join(',')}]` : ''}${place.loop ? `@${at}` : ''}`, step: place.name, indices, elements, iteration: place.loop ? at : null, skipped,
      }));
    });
  });
}

export const isChosen = ({ when }: Place, elements: readonly unknown[]) => when.every((each) => (each.choice.is === null ? elements.at(-1) : each.choice.is) === each.case);
export const timesOf = ({ is }: Choice, elements: readonly unknown[]) => Number(is === null ? elements.at(-1) : is);

function product(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>((all, list) => all.flatMap((before) => list.map((each) => [...before, each])), [[]]);
}

/** The same graph with every combination of what its choices may come to. */
export function variantsOf(graph: Graph): Graph[] {
  return Object.entries(graph.steps).reduce<Graph[]>((all, [name, step]) => {
    const { choose } = step;
    if (choose === undefined || typeof choose.is === 'number' || choose.is === null) return all;
    return all.flatMap((each) => Object.keys(choose.cases).map((is): Graph => ({ name: `${each.name}, ${choose.by} is ${is}`, steps: { ...each.steps, [name]: { ...step, choose: { ...choose, is } } } })));
  }, [graph]);
}
