// A name is mentioned: its value is read, the functions in it may run, and modules may be looked through.

import type { Read } from '../facts/event.ts';
import { isBuiltin, isHistory, isKernelName } from '../knowledge/builtin-names.ts';
import { opaqueMention } from '../knowledge/opaque.ts';
import { runCode, type Handle } from './run-code.ts';
import { useState } from './on-state.ts';
import type { Simulation } from './simulation.ts';

export function onRead(simulation: Simulation, event: Read, handle: Handle): void {
  const { memory, findings } = simulation;
  if (event.soft && memory.circumstances.future) return;
  const known = memory.get(event.name);
  const bound = known !== null || findings.binds.has(event.name);
  if (!bound && isKernelName(event.name)) return;
  if (!event.covered && (bound || !isBuiltin(event.name) || memory.circumstances.starred.length > 0)) simulation.read(event.name, event, event.soft || (!bound && (isBuiltin(event.name) || isHistory(event.name))));
  mention(simulation, event);
  if (known === null) return;
  for (const code of known.codes) runCode(simulation, code, event, handle);
  for (const code of known.instances) runCode(simulation, code, event, handle);
  // Drawing from a generator, or going on with an iterator, changes it.
  if (known.kind === 'generator' || known.kind === 'stream') for (const name of memory.spread([event.name])) simulation.bind(name, 'change', event, false);
}

function mention(simulation: Simulation, event: Read): void {
  const absolute = simulation.absolute(event.dotted);
  if (absolute === null) return;
  simulation.findings.mentions.add(absolute);
  const reason = opaqueMention(absolute);
  if (reason !== null) simulation.look('opaque', reason, event);
  useState(simulation, absolute, event);
}
