// A name is mentioned: its value is read, the functions in it may run, and modules may be looked through.

import type { Read } from '../facts/event.ts';
import { isBuiltin, isHistory, isKernelName } from '../knowledge/builtin-names.ts';
import { opaqueMention } from '../knowledge/opaque.ts';
import type { Known } from './known.ts';
import { runCode, type Handle } from './run-code.ts';
import { useState } from './on-state.ts';
import type { Simulation } from './simulation.ts';

export function onRead(simulation: Simulation, event: Read, handle: Handle): void {
  const { memory, findings } = simulation;
  if (event.soft && memory.circumstances.future) return;
  const known = memory.get(event.name);
  const isBound = known !== null || findings.binds.has(event.name);
  if (!isBound && isKernelName(event.name)) return;
  if (!event.covered) readOutside(simulation, event, isBound);
  mention(simulation, event);
  if (known !== null) use(simulation, event, known, handle);
}

/** A builtin is nobody's name until somebody binds it, or may have by a star import. */
function readOutside(simulation: Simulation, event: Read, isBound: boolean): void {
  const isSelf = !isBound && isBuiltin(event.name);
  if (isSelf && simulation.memory.circumstances.starred.length === 0) return;
  simulation.read(event.name, event, event.soft || isSelf || (!isBound && isHistory(event.name)));
}

function use(simulation: Simulation, event: Read, known: Known, handle: Handle): void {
  for (const code of known.codes) runCode(simulation, code, event, handle);
  for (const code of known.instances) runCode(simulation, code, event, handle);
  if (known.kind !== 'generator' && known.kind !== 'stream') return;
  // Drawing from a generator, or going on with an iterator, changes it.
  for (const name of simulation.memory.spread([event.name])) simulation.bind(name, 'change', event, false);
}

function mention(simulation: Simulation, event: Read): void {
  const absolute = simulation.absolute(event.dotted);
  if (absolute === null) return;
  simulation.findings.mentions.add(absolute);
  const reason = opaqueMention(absolute);
  if (reason !== null) simulation.look('opaque', reason, event);
  useState(simulation, absolute, event);
}
