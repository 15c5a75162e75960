// Functions and lambdas: what is evaluated when they are defined, and what their bodies do when they are called.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import type { Code } from './code.ts';
import { collectBindings, firstIdentifier } from './collect-bindings.ts';
import type { Event } from './event.ts';
import { concernsParameters } from './parameters-of-events.ts';
import { makeScope, type Scope } from './scope.ts';
import { collectTypeNames, visitSoftly } from './soft.ts';
import { joinValues, makeValue, NOTHING, type Value } from './value.ts';
import { valueOf } from './values.ts';
import type { Walk } from './walk.ts';

/** Stands for a function inside a function: its events are its outer function's own. */
const INNER: Code = { kind: 'function', name: '', parameters: [], events: [], onParameters: [], returns: NOTHING, generator: false, methods: new Map(), bases: [] };

export function visitFunction(walk: Walk, node: SyntaxNode, decorators: readonly SyntaxNode[] = []): void {
  const name = childOf(node, 'name');
  const parameters = childOf(node, 'parameters');
  const types = makeScope('comprehension', walk.scope, { bound: collectTypeNames(node.children.filter((child) => child.field === 'type_parameters')) });
  visitDefaults(walk, parameters);
  let code: Code = INNER;
  walk.within(types, () => {
    for (const each of [...(parameters?.children ?? []).map((parameter) => childOf(parameter, 'type')), childOf(node, 'return_type')]) visitSoftly(walk, each);
    code = walkBody(walk, { name: name?.text ?? '', parameters, body: childOf(node, 'body') });
  });
  const carried = decorators.flatMap((decorator) => decorator.children.map((child) => valueOf(walk, child))).flatMap((value) => [...value.same, ...value.carries]);
  if (name !== null) walk.bind(name.text, 'define', makeValue({ code: [code], carries: carried }), name);
}

/** Its code, kept for `valueOf`; whether it runs at once is for the caller to say. */
export function visitLambda(walk: Walk, node: SyntaxNode): void {
  const parameters = childOf(node, 'parameters');
  visitDefaults(walk, parameters);
  walk.codes.set(node, walkBody(walk, { name: 'lambda', parameters, body: childOf(node, 'body') }));
}

export function runLambda(walk: Walk, node: SyntaxNode): void {
  visitLambda(walk, node);
  const code = walk.codes.get(node);
  if (code !== undefined && code !== INNER) walk.emit({ do: 'run', code, start: node.start, end: node.end });
}

function visitDefaults(walk: Walk, parameters: SyntaxNode | null): void {
  for (const parameter of parameters?.children ?? []) {
    if (parameter.type.endsWith('default_parameter')) walk.visit(childOf(parameter, 'value'));
  }
}

interface Definition {
  readonly name: string;
  readonly parameters: SyntaxNode | null;
  readonly body: SyntaxNode | null;
}

/** Inside another function the events go to that one: who mentions it gets them all. */
function walkBody(walk: Walk, definition: Definition): Code {
  const names = (definition.parameters?.children ?? []).map(firstIdentifier).filter((node) => node !== null).map((node) => node.text);
  const scope = makeFunctionScope(walk, names, definition.body);
  const outer = { events: walk.events, depth: walk.depth, ended: walk.ended, returns: walk.returns, yields: walk.yields };
  const isInner = walk.functions > 0;
  Object.assign(walk, { events: isInner ? walk.events : [], depth: 0, ended: false, returns: [], yields: false });
  walk.functions += 1;
  walk.within(scope, () => walk.visit(definition.body));
  walk.functions -= 1;
  const code: Code = isInner ? INNER : finish(walk, definition, names);
  Object.assign(walk, outer);
  return code;
}

function makeFunctionScope(walk: Walk, names: readonly string[], body: SyntaxNode | null): Scope {
  const { bound, globals, nonlocals } = collectBindings(body === null ? [] : [body]);
  for (const name of names) bound.add(name);
  const scope = makeScope('function', walk.scope, { bound, globals, nonlocals });
  // The parameters of an inner function belong to a call that nobody sees.
  if (walk.functions === 0) for (const name of names) scope.values.set(name, parameterValue(name));
  return scope;
}

function parameterValue(name: string): Value {
  return makeValue({ same: [`@${name}`], text: [{ ref: `@${name}` }] });
}

function finish(walk: Walk, definition: Definition, parameters: readonly string[]): Code {
  const events: readonly Event[] = walk.events;
  const body = definition.body;
  const returns = body !== null && definition.name === 'lambda' ? valueOf(walk, body) : joinValues(walk.returns);
  return {
    kind: 'function', name: definition.name, parameters, events, onParameters: events.filter(concernsParameters),
    returns, generator: walk.yields, methods: new Map(), bases: [],
  };
}
