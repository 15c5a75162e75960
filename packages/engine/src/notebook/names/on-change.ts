// The content of an object changes: every name that sees it counts as bound.

import type { Change, Place } from '../facts/event.ts';
import type { Value } from '../facts/value.ts';
import { touchState } from './on-state.ts';
import type { Simulation } from './simulation.ts';

export function onChange(simulation: Simulation, event: Change): void {
  const absolute = simulation.absolute(event.dotted);
  if (absolute !== null) {
    touchState(simulation, absolute, event);
  }
  changeValue(simulation, event.value, event, event.sure);
}

/** Modules aside: what is set on them is state of a library. */
export function changeValue(simulation: Simulation, value: Value, place: Place, sure: boolean): void {
  const part = simulation.names(value.part);
  const names = [...simulation.names(value.same), ...part, ...simulation.memory.contents(part)];
  changeNames(simulation, simulation.memory.spread(names), place, sure);
}

export function changeNames(simulation: Simulation, names: Iterable<string>, place: Place, sure: boolean): void {
  for (const name of names) {
    if (simulation.absolute(name) === null) simulation.bind(name, 'change', place, sure);
  }
}
