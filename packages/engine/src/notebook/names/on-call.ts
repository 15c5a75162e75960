// A call: what the one called is known to do to its object, its arguments, files and process state.

import type { Code } from '../facts/code.ts';
import type { Call } from '../facts/event.ts';
import { NOTHING, type Value } from '../facts/value.ts';
import { CHANGED_KEYWORDS, changedArgument, changesContents, changesObject } from '../knowledge/mutators.ts';
import { isQuietDrawingMethod } from '../knowledge/makers.ts';
import { OWN_GENERATOR_KEYWORDS } from '../knowledge/state.ts';
import { isNativeWriter } from '../knowledge/writers.ts';
import { changeNames, changeValue } from './on-change.ts';
import { argumentOf, onFileCall } from './on-file.ts';
import { lookByCall } from './on-look.ts';
import { drawFrom, touchState } from './on-state.ts';
import { makeFrame, runCall, type Handle } from './run-code.ts';
import type { Simulation } from './simulation.ts';

export function onCall(simulation: Simulation, call: Call, handle: Handle): void {
  const absolute = simulation.absolute(call.callee);
  if (absolute !== null) touchState(simulation, absolute, call);
  if (absolute !== null && !call.args.some((arg) => OWN_GENERATOR_KEYWORDS.has(String(arg.key)))) drawFrom(simulation, absolute, call);
  lookByCall(simulation, call, absolute);
  changeArguments(simulation, call, absolute);
  onFileCall(simulation, call, absolute);
  if (isNativeWriter(absolute, call.method, call.args.length)) simulation.findings.writers.add(simulation.cell);
  // Of a method that stands in the notebook everything is known; of others their name.
  if (!runOwnCode(simulation, call, handle)) changeObject(simulation, call, absolute);
  suspect(simulation, call, absolute);
}

// ---------------------------------------------------------------- known effects

function changeArguments(simulation: Simulation, call: Call, absolute: string | null): void {
  const position = absolute === null ? null : changedArgument(absolute);
  const first = position === null ? null : argumentOf(call, position, '');
  if (first !== null) changeValue(simulation, first, call, call.sure);
  for (const { key, value, literal } of call.args) {
    if (CHANGED_KEYWORDS.has(String(key))) changeValue(simulation, value, call, call.sure);
    if (key === 'inplace' && literal !== 'False') changeValue(simulation, call.receiver, call, call.sure);
  }
}

function changeObject(simulation: Simulation, call: Call, absolute: string | null): void {
  const { memory } = simulation;
  const { method } = call;
  if (method === null || absolute !== null) return;
  const part = simulation.names(call.receiver.part);
  const names = [...simulation.names(call.receiver.same), ...part, ...memory.contents(part)];
  const known = names.map((name) => memory.get(name)).filter((each) => each !== null);
  const isDrawing = known.some((each) => each.kind === 'drawing');
  if (isDrawing ? isQuietDrawingMethod(method) : !changesObject(method, call.used)) return;
  const deep = known.some((each) => changesContents(method, each.maker)) ? memory.contents(names) : [];
  // A trainer changes the model it is given.
  const trained = known.some((each) => each.maker?.endsWith('Trainer') === true) ? simulation.names(argumentOf(call, 0, 'model')?.same ?? []) : [];
  changeNames(simulation, memory.spread([...names, ...deep, ...trained]), call, call.sure);
}

// ---------------------------------------------------------------- functions and methods of the notebook

/** Whether the one called stands in the notebook. */
function runOwnCode(simulation: Simulation, call: Call, handle: Handle): boolean {
  const found = [...ownFunctions(simulation, call), ...ownMethods(simulation, call)];
  for (const { code, receiver } of found) {
    const frame = makeFrame(simulation, code, call.args, receiver);
    if (frame.size > 0) runCall(simulation, { code, frame, place: call }, handle);
  }
  return found.length > 0;
}

interface Called {
  readonly code: Code;
  readonly receiver: Value | null;
}

function ownFunctions(simulation: Simulation, call: Call): Called[] {
  const codes = call.callee === null ? [] : simulation.memory.get(call.callee)?.codes ?? [];
  return codes.flatMap((code): Called[] => {
    if (code.kind === 'function') return [{ code, receiver: null }];
    const made = findMethod(simulation, code, '__init__', 0);
    return made === null ? [] : [{ code: made, receiver: NOTHING }];
  });
}

function ownMethods(simulation: Simulation, call: Call): Called[] {
  const { method, receiver } = call;
  if (method === null) return [];
  const instances = simulation.names([...receiver.same, ...receiver.part]).flatMap((name) => simulation.memory.get(name)?.instances ?? []);
  return instances.flatMap((code) => {
    const found = findMethod(simulation, code, method, 0);
    return found === null ? [] : [{ code: found, receiver }];
  });
}

/** Deeper chains of bases in one notebook are loops. */
const MAX_BASES = 20;

function findMethod(simulation: Simulation, code: Code, method: string, depth: number): Code | null {
  const own = code.methods.get(method);
  if (own !== undefined || depth > MAX_BASES) return own ?? null;
  for (const base of code.bases) {
    for (const each of simulation.memory.get(base)?.codes ?? []) {
      const found = each === code ? null : findMethod(simulation, each, method, depth + 1);
      if (found !== null) return found;
    }
  }
  return null;
}

// ---------------------------------------------------------------- what cannot be known

/** `normalise(images)` with nobody taking the result: it can only be called for what it does. */
function suspect(simulation: Simulation, call: Call, absolute: string | null): void {
  const { callee } = call;
  if (callee === null || call.method !== null || simulation.mention !== null || call.used || call.shown) return;
  if (!isForeign(simulation, callee, absolute)) return;
  const names = call.args.flatMap((arg) => arg.value.same).filter((name) => simulation.memory.get(name)?.dotted === null);
  if (names.length > 0) simulation.findings.suspects.push({ callee, names, spot: simulation.spot(call) });
}

/** Imported: neither a builtin nor written in the notebook. */
function isForeign({ memory }: Simulation, callee: string, absolute: string | null): boolean {
  return absolute?.startsWith('builtins.') !== true && memory.get(callee)?.codes.length === 0;
}
