// A function or class that is mentioned may be called: its events count here, its names are looked up now.

import type { Code } from '../facts/code.ts';
import type { Argument, Event, Place } from '../facts/event.ts';
import { makeValue, type Value } from '../facts/value.ts';
import type { Frame, Simulation } from './simulation.ts';

export type Handle = (simulation: Simulation, event: Event) => void;

/** Everything it may do, whoever calls it with whatever. Once per unit, as long as no function is bound anew. */
export function runCode(simulation: Simulation, code: Code, place: Place, handle: Handle): void {
  if (simulation.active.has(code) || simulation.done.has(code) || goesTooDeep(simulation, place)) return;
  simulation.active.add(code);
  simulation.done.add(code);
  inside(simulation, place, null, () => {
    for (const event of code.events) handle(simulation, event);
  });
  simulation.active.delete(code);
}

/** Functions that call functions that call functions: nobody writes as many, but a machine may. */
const MAX_DEPTH = 300;

function goesTooDeep(simulation: Simulation, place: Place): boolean {
  if (simulation.active.size < MAX_DEPTH) return false;
  simulation.look('open', 'calls go too deep to be followed', place);
  return true;
}

export interface Invocation {
  readonly code: Code;
  readonly frame: Frame;
  readonly place: Place;
}

/** What a call does to its arguments. */
export function runCall(simulation: Simulation, { code, frame, place }: Invocation, handle: Handle): void {
  if (code.onParameters.length === 0 || simulation.active.has(code) || goesTooDeep(simulation, place)) return;
  simulation.active.add(code);
  inside(simulation, place, frame, () => {
    for (const event of code.onParameters) handle(simulation, event);
  });
  simulation.active.delete(code);
}

function inside(simulation: Simulation, place: Place, frame: Frame | null, run: () => void): void {
  const outer = { mention: simulation.mention, frame: simulation.frame };
  simulation.mention ??= place;
  simulation.frame = frame;
  run();
  simulation.mention = outer.mention;
  simulation.frame = outer.frame;
}

/** Arguments by the names of the parameters, as far as a call could do something to them; `receiver` is what a method is called on. */
export function makeFrame(simulation: Simulation, code: Code, args: readonly Argument[], receiver: Value | null): Frame {
  const frame = new Map<string, Value>();
  const skipped = receiver === null ? 0 : 1;
  const give = (name: string | undefined, value: Value) => {
    const resolved = resolve(simulation, value);
    if (name !== undefined && resolved !== null) frame.set(name, resolved);
  };
  if (receiver !== null) give(code.parameters[0], receiver);
  for (const { key, value } of args) give(typeof key === 'number' ? code.parameters[key + skipped] : key, value);
  return frame;
}

/** In names and text of the notebook; null where there is nothing that could be changed or opened. */
function resolve(simulation: Simulation, value: Value): Value | null {
  const text = simulation.text(value);
  const same = simulation.names(value.same);
  const part = simulation.names(value.part);
  if (text === null && same.length === 0 && part.length === 0) return null;
  return makeValue({ same, part, text: text === null ? null : [{ literal: text }] });
}
