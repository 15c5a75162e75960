// Classes: the body runs at once, the methods when somebody calls them.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import type { Code } from './code.ts';
import { collectBindings } from './collect-bindings.ts';
import { makeScope } from './scope.ts';
import { collectTypeNames } from './soft.ts';
import { makeValue, NOTHING } from './value.ts';
import { dottedOf, valueOf } from './values.ts';
import type { Walk } from './walk.ts';

export function visitClass(walk: Walk, node: SyntaxNode, decorators: readonly SyntaxNode[] = []): void {
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  const superclasses = childOf(node, 'superclasses')?.children ?? [];
  const types = makeScope('comprehension', walk.scope, { bound: collectTypeNames(node.children.filter((child) => child.field === 'type_parameters')) });
  walk.within(types, () => walk.visitAll(superclasses));
  const { bound, globals, nonlocals } = collectBindings(body === null ? [] : [body]);
  const scope = makeScope('class', types, { bound, globals, nonlocals });
  walk.within(scope, () => walk.visit(body));
  const methods = new Map([...scope.values].flatMap(([key, value]) => value.code.slice(0, 1).map((code): [string, Code] => [key, code])));
  const bases = superclasses.map((each) => dottedOf(walk, each)).filter((each) => each !== null);
  const carried = [...superclasses, ...decorators.flatMap((decorator) => decorator.children)].map((each) => valueOf(walk, each)).flatMap((value) => [...value.same, ...value.carries]);
  const code: Code = {
    kind: 'class', name: name?.text ?? '', parameters: [], events: [...methods.values()].flatMap((method) => method.events),
    onParameters: [], returns: NOTHING, generator: false, methods, bases,
  };
  if (name !== null) walk.bind(name.text, 'define', makeValue({ code: [code], carries: carried }), name);
}

export function visitDecorated(walk: Walk, node: SyntaxNode, visitDefinition: (definition: SyntaxNode, decorators: readonly SyntaxNode[]) => void): void {
  const decorators = node.children.filter((child) => child.type === 'decorator');
  const definition = childOf(node, 'definition');
  walk.visitAll(decorators);
  if (definition !== null) visitDefinition(definition, decorators);
}
