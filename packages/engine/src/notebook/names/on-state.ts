// Process state as variables of its own: `%cwd`, `%random`, `%rcParams`.

import type { Place } from '../facts/event.ts';
import { stateEffects } from '../knowledge/state.ts';
import type { Simulation } from './simulation.ts';

/** Called, or assigned to. */
export function touchState(simulation: Simulation, absolute: string, place: Place): void {
  for (const { variable, act } of stateEffects(absolute)) if (act === 'set') setState(simulation, variable.name, place);
}

/** Mentioned: noticed only after it was set. */
export function useState(simulation: Simulation, absolute: string, place: Place): void {
  for (const { variable, act } of stateEffects(absolute)) {
    if (act === 'use' && isSet(simulation, variable.name)) simulation.read(variable.name, place, true);
  }
}

/** A random number from a global generator changes it; one that nobody seeded is every step's own. */
export function drawFrom(simulation: Simulation, absolute: string, place: Place): void {
  for (const { variable, act } of stateEffects(absolute)) {
    if (act !== 'draw' || !isSet(simulation, variable.name)) continue;
    simulation.read(variable.name, place, true);
    simulation.bind(variable.name, 'change', place, true);
  }
}

export function setState(simulation: Simulation, name: string, place: Place): void {
  // Most of these have several parts, and what was set before is still in it; a seed leaves nothing of what was.
  if (!name.endsWith('random') && isSet(simulation, name)) simulation.read(name, place, true);
  const { memory } = simulation;
  if (!isSet(simulation, name)) memory.circumstances = { ...memory.circumstances, state: [...memory.circumstances.state, name] };
  simulation.bind(name, name.endsWith('random') ? 'bind' : 'change', place, true);
}

function isSet(simulation: Simulation, name: string): boolean {
  return simulation.memory.circumstances.state.includes(name);
}
