// What an expression may be, read from its shape alone.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { spellText } from './text.ts';
import { holdValues, joinValues, makeValue, NOTHING, partOf, type Value } from './value.ts';
import { findOwner } from './scope.ts';
import type { Walk } from './walk.ts';

/** Methods whose result is, or may be, a piece of the object: changing the one changes the other. */
const PART_METHODS = new Set(['get', 'setdefault', 'values', 'items', 'view', 'reshape', 'ravel', 'squeeze', 'transpose', 'swapaxes', '__getitem__', 'parameters', 'named_parameters', 'children', 'modules', 'add_subplot', 'add_axes', 'gca', 'get_axes', 'twinx', 'twiny', 'detach', 'numpy', 'most_common']);

/** Functions whose result shares its elements with, or is, what they were given. */
const PASSING = new Set(['iter', 'enumerate', 'zip', 'reversed', 'list', 'tuple', 'sorted', 'filter', 'np.asarray', 'np.atleast_1d', 'np.atleast_2d', 'np.ravel', 'np.reshape', 'np.squeeze', 'np.transpose', 'torch.from_numpy', 'cast', 'typing.cast']);

/** Functions in lower case that keep a function they are given. */
const KEEPING = new Set(['partial', 'wraps', 'lru_cache', 'cache', 'make_pipeline', 'make_column_transformer', 'vectorize', 'jit', 'njit', 'vmap', 'grad', 'compile', 'function', 'delayed', 'singledispatch', 'contextmanager', 'cmp_to_key', 'frompyfunc', 'field', 'namedtuple', 'defaultdict', 'make_scorer']);

/** Classes that copy what they are given. */
const COPYING = new Set(['DataFrame', 'Series', 'DMatrix', 'Index', 'Counter', 'Tensor', 'FloatTensor', 'LongTensor', 'IntTensor', 'BoolTensor', 'Path', 'Fraction', 'Decimal', 'Timestamp', 'Timedelta']);

type ValueOf = (walk: Walk, node: SyntaxNode) => Value;

export function valueOf(walk: Walk, node: SyntaxNode): Value {
  return VALUES[node.type]?.(walk, node) ?? NOTHING;
}

const firstOf: ValueOf = (walk, node) => {
  const [child] = node.children;
  return child === undefined ? NOTHING : valueOf(walk, child);
};

const hold: ValueOf = (walk, node) => holdValues(node.children.map((child) => valueOf(walk, child)));

const VALUES: Readonly<Record<string, ValueOf>> = {
  identifier: (walk, node) => walk.valueOfName(node.text),
  attribute: (walk, node) => makeValue({ ...partOfChild(walk, node, 'object'), dotted: dottedOf(walk, node) }),
  subscript: (walk, node) => partOfChild(walk, node, 'value'),
  call: valueOfCall,
  lambda: (walk, node) => makeValue({ code: codesOf(walk, node) }),
  parenthesized_expression: firstOf,
  await: firstOf,
  list_splat: (walk, node) => partOf(firstOf(walk, node)),
  dictionary_splat: (walk, node) => partOf(firstOf(walk, node)),
  keyword_argument: (walk, node) => valueOfField(walk, node, 'value'),
  named_expression: (walk, node) => joinValues([valueOfField(walk, node, 'name'), valueOfField(walk, node, 'value')]),
  assignment: (walk, node) => joinValues([valueOfField(walk, node, 'left'), valueOfField(walk, node, 'right')]),
  conditional_expression: (walk, node) => joinValues([node.children[0], node.children[2]].filter((child) => child !== undefined).map((child) => valueOf(walk, child))),
  boolean_operator: (walk, node) => joinValues(node.children.map((child) => valueOf(walk, child))),
  list: hold,
  tuple: hold,
  set: hold,
  expression_list: hold,
  dictionary: hold,
  pair: (walk, node) => valueOfField(walk, node, 'value'),
  generator_expression: () => makeValue({ stream: true }),
  integer: () => CONSTANT,
  float: () => CONSTANT,
  true: () => CONSTANT,
  false: () => CONSTANT,
  none: () => CONSTANT,
  string: valueOfText,
  concatenated_string: valueOfText,
  binary_operator: valueOfText,
};

const CONSTANT = makeValue({ constant: true });

function valueOfText(walk: Walk, node: SyntaxNode): Value {
  const text = spellText(walk, node);
  return text === null ? NOTHING : makeValue({ text, constant: true });
}

function valueOfField(walk: Walk, node: SyntaxNode, field: string): Value {
  const child = childOf(node, field);
  return child === null ? NOTHING : valueOf(walk, child);
}

function partOfChild(walk: Walk, node: SyntaxNode, field: string): Value {
  return partOf(valueOfField(walk, node, field));
}

function codesOf(walk: Walk, node: SyntaxNode): Value['code'] {
  const code = walk.codes.get(node);
  return code === undefined ? [] : [code];
}

// ---------------------------------------------------------------- calls

function valueOfCall(walk: Walk, node: SyntaxNode): Value {
  const callee = childOf(node, 'function');
  if (callee === null) return NOTHING;
  const name = lastName(callee);
  if (callee.type === 'attribute' && PART_METHODS.has(name)) return partOfChild(walk, callee, 'object');
  const call = dottedOf(walk, callee);
  if (call !== null && PASSING.has(call)) return makeValue({ ...passOn(argumentsOf(walk, node)), call });
  const kept = keeps(name) ? holdValues(argumentsOf(walk, node)) : NOTHING;
  // Calling a class of the notebook gives its instance the class's code.
  const made = callee.type === 'identifier' ? valueOf(walk, callee).same : [];
  return makeValue({ holds: kept.holds, code: kept.code, carries: [...kept.carries, ...made], call, text: spellText(walk, node) });
}

function argumentsOf(walk: Walk, call: SyntaxNode): readonly Value[] {
  return (childOf(call, 'arguments')?.children ?? []).map((arg) => valueOf(walk, arg));
}

/** Classes, by their capital letter, hold on to what they are given; so do some functions. */
function keeps(name: string): boolean {
  return KEEPING.has(name) || (/^[A-Z]/.test(name) && !COPYING.has(name));
}

function passOn(args: readonly Value[]): Partial<Value> {
  return { part: args.flatMap((arg) => [...arg.same, ...arg.part, ...arg.holds]), carries: args.flatMap((arg) => arg.same) };
}

function lastName(callee: SyntaxNode): string {
  return callee.type === 'attribute' ? childOf(callee, 'attribute')?.text ?? '' : callee.text;
}

/** `a.b.c` as text where it is a plain chain from a global name; from a local import its absolute name after `=`. */
export function dottedOf(walk: Walk, node: SyntaxNode): string | null {
  if (node.type === 'identifier') return dottedName(walk, node.text);
  const object = node.type === 'attribute' ? childOf(node, 'object') : null;
  const front = object === null ? null : dottedOf(walk, object);
  return front === null ? null : `${front}.${childOf(node, 'attribute')?.text ?? ''}`;
}

function dottedName(walk: Walk, name: string): string | null {
  const owner = findOwner(walk.scope, name);
  if (owner === null) return name;
  const dotted = owner.values.get(name)?.dotted ?? null;
  return dotted?.startsWith('=') === true ? dotted : null;
}
