// The steps by which a task is come to, as the graph alone says it.

import { isChosen, timesOf, type Place, type Task } from './plan.ts';

export type Way = readonly (string | Way)[];

export function wayOf(plan: readonly Place[], { step, elements, iteration }: Pick<Task, 'step' | 'elements' | 'iteration'>): Way {
  const place = plan.find(({ name }) => name === step)!;
  const rounds = Array.from({ length: (iteration ?? 0) + 1 }, () => step);
  const before = (given: readonly unknown[]) => place.before
    .map((name) => plan.find((each) => each.name === name)!)
    .filter((each) => isChosen(each, given))
    .map((each) => wayOf(plan, { step: each.name, elements: given, iteration: each.loop ? timesOf(each.step.choose!, given) - 1 : null }));
  if (place.closes?.kind === 'each') return [...place.closes.of.flatMap((element) => before([...elements, element])), step];
  const ways = before(place.opens === null ? elements : elements.slice(0, -1));
  return place.closes === null ? [...ways.flat(), ...rounds] : [...ways, step];
}
