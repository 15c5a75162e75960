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
  switch (event.do) {
    case 'read':
      return onRead(simulation, event, handle);
    case 'bind':
      return onBind(simulation, event);
    case 'settle':
      return simulation.mention === null ? simulation.settle(event.name) : undefined;
    case 'delete':
      return onDelete(simulation, event);
    case 'change':
      return onChange(simulation, event);
    case 'call':
      return onCall(simulation, event, handle);
    case 'run':
      return runCode(simulation, event.code, event, handle);
    case 'star':
      return onStar(simulation, event);
    case 'look':
      return simulation.look(event.openness, event.reason, event);
    case 'expand':
      return onExpand(simulation, event);
    case 'state':
      return setState(simulation, event.name, event);
    case 'file':
      return fileEffect(simulation, event.path, event.act, event);
    case 'shell':
      return void simulation.findings.shell.push(event.text);
    case 'writer':
      return void simulation.findings.writers.add(simulation.cell);
    case 'future':
      simulation.memory.future = true;
      return;
  }
}

function onStar(simulation: Simulation, event: Event & { do: 'star' }): void {
  simulation.memory.starred.push(event.module);
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
