// Goes through the events of a unit in order.

import type { Event } from '../facts/event.ts';
import { fileEffect } from './on-file.ts';
import { onBind, onDelete } from './on-bind.ts';
import { onCall } from './on-call.ts';
import { onChange } from './on-change.ts';
import { onRead } from './on-read.ts';
import { runCode } from './run-code.ts';
import { setState } from './on-state.ts';
import type { Simulation } from './simulation.ts';

export function simulate(simulation: Simulation, cell: number, events: readonly Event[]): void {
  simulation.cell = cell;
  for (const event of events) handle(simulation, event);
}

export function handle(simulation: Simulation, event: Event): void {
  const { memory } = simulation;
  switch (event.do) {
    case 'read':
      onRead(simulation, event, handle);
      return;
    case 'bind':
      onBind(simulation, event);
      return;
    case 'settle':
      simulation.mention === null ? simulation.settle(event.name) : undefined;
      return;
    case 'delete':
      onDelete(simulation, event);
      return;
    case 'change':
      onChange(simulation, event);
      return;
    case 'call':
      onCall(simulation, event, handle);
      return;
    case 'run':
      runCode(simulation, event.code, event, handle);
      return;
    case 'star':
      onStar(simulation, event);
      return;
    case 'look':
      simulation.look(event.openness, event.reason, event);
      return;
    case 'expand':
      onExpand(simulation, event);
      return;
    case 'state':
      setState(simulation, event.name, event);
      return;
    case 'file':
      fileEffect(simulation, event.path, event.act, event);
      return;
    case 'shell':
      return void simulation.findings.shell.push(event.text);
    case 'writer':
      return void simulation.findings.writers.add(simulation.cell);
    case 'future':
      memory.circumstances = { ...memory.circumstances, future: true };
      return;
  }
}

function onStar(simulation: Simulation, event: Event & { do: 'star' }): void {
  const { memory } = simulation;
  memory.circumstances = { ...memory.circumstances, starred: [...memory.circumstances.starred, event.module] };
  simulation.findings.stars.push(event.module);
  simulation.look('open', event.module === '%pylab' ? '`%pylab` binds names nobody can list' : `\`from ${event.module} import *\` binds names nobody can list`, event);
}

/** A shell variable in capitals only counts where a name of the notebook hides it. */
function onExpand(simulation: Simulation, event: Event & { do: 'expand' }): void {
  const names = [...event.names, ...event.soft.filter((name) => simulation.isBound(name))];
  if (names.length === 0) return;
  for (const name of names) onRead(simulation, { do: 'read', name, dotted: name, covered: false, soft: false, start: event.start, end: event.end }, handle);
  simulation.look('opaque', event.reason, event);
}
