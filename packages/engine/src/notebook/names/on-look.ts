// Calls that look names up behind the text: namespaces, queries, formulas.

import type { Call } from '../facts/event.ts';
import type { Value } from '../facts/value.ts';
import { FORMULA_METHODS, HARMLESS_SHELL_METHODS, IMPORTING, isNamespaceCall, QUERY_METHODS } from '../knowledge/opaque.ts';
import { argumentOf } from './on-file.ts';
import type { Simulation } from './simulation.ts';

export function lookByCall(simulation: Simulation, call: Call, absolute: string | null): void {
  if (absolute !== null) lookByFunction(simulation, call, absolute);
  if (call.method !== null && absolute === null) lookByMethod(simulation, call, call.method);
}

function lookByFunction(simulation: Simulation, call: Call, absolute: string): void {
  if (isNamespaceCall(absolute, call.args.length, call.local)) simulation.look('opaque', `uses \`${call.callee ?? ''}()\``, call);
  const name = IMPORTING.has(absolute) ? argumentOf(call, 0, 'name') : null;
  if (name !== null && simulation.text(name) === '__main__') simulation.look('opaque', 'imports `__main__`', call);
}

function lookByMethod(simulation: Simulation, call: Call, method: string): void {
  const isShell = simulation.names(call.receiver.same).some((name) => simulation.memory.get(name)?.maker === 'get_ipython');
  if (isShell && !HARMLESS_SHELL_METHODS.has(method)) simulation.look('opaque', `\`get_ipython().${method}\` reaches into IPython`, call);
  if (QUERY_METHODS.has(method)) lookByQuery(simulation, call, argumentOf(call, 0, 'expr'));
  if (FORMULA_METHODS.has(method)) simulation.look('opaque', `\`.${method}\` looks names up`, call);
}

/** A text without `@` only speaks of columns; anything else may speak of names. */
function lookByQuery(simulation: Simulation, call: Call, text: Value | null): void {
  if (text === null || isNoText(simulation, text)) return;
  const spelt = simulation.text(text);
  if (spelt === null || spelt.includes('@')) simulation.look('opaque', `\`.${call.method ?? ''}\` looks names up`, call);
}

/** `session.query(User)`: a class is no expression. */
function isNoText(simulation: Simulation, value: Value): boolean {
  return simulation.names(value.same).some((name) => {
    const known = simulation.memory.get(name);
    return known !== null && (known.dotted !== null || known.codes.length > 0);
  });
}
