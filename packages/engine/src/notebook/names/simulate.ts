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

type Kind = Event['do'];
type Handler<K extends Kind> = (simulation: Simulation, event: Extract<Event, { do: K }>) => void;

const HANDLERS: { readonly [K in Kind]: Handler<K> } = {
  read: (simulation, event) => onRead(simulation, event, handle),
  bind: onBind,
  delete: onDelete,
  change: onChange,
  call: (simulation, event) => onCall(simulation, event, handle),
  run: (simulation, event) => runCode(simulation, event.code, event, handle),
  star: onStar,
  expand: onExpand,
  settle: (simulation, { name }) => {
    if (simulation.mention === null) simulation.settle(name);
  },
  look: (simulation, event) => simulation.look(event.openness, event.reason, event),
  state: (simulation, event) => setState(simulation, event.name, event),
  file: (simulation, event) => fileEffect(simulation, event.path, event.act, event),
  shell: ({ findings }, { text }) => void findings.shell.push(text),
  writer: ({ findings, cell }) => void findings.writers.add(cell),
  future: ({ memory }) => {
    memory.circumstances = { ...memory.circumstances, future: true };
  },
};

function handle(simulation: Simulation, event: Event): void {
  // The table has for every kind the handler of that kind; TypeScript cannot say so of a lookup.
  (HANDLERS[event.do] as Handler<Kind>)(simulation, event);
}

function onStar(simulation: Simulation, event: Event & { do: 'star' }): void {
  const { memory, findings } = simulation;
  memory.circumstances = { ...memory.circumstances, starred: [...memory.circumstances.starred, event.module] };
  findings.stars.push(event.module);
  const what = event.module === '%pylab' ? '`%pylab`' : `\`from ${event.module} import *\``;
  simulation.look('open', `${what} binds names nobody can list`, event);
}

/** A shell variable in capitals only counts where a name of the notebook hides it. */
function onExpand(simulation: Simulation, event: Event & { do: 'expand' }): void {
  const { start, end } = event;
  const names = event.names.filter((name) => simulation.isBound(name));
  if (names.length === 0) return;
  for (const name of names) onRead(simulation, { do: 'read', name, dotted: name, covered: false, soft: false, start, end }, handle);
  simulation.look('opaque', event.reason, event);
}
