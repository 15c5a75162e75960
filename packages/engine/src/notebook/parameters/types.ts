// The type of a parameter: what its annotation says, else what its default is.

import type { Parameter, ParameterType } from '@headwater/protocol';

export type Typed = Pick<Parameter, 'type' | 'optional' | 'choices'>;

const plain = (type: ParameterType, optional = false): Typed => ({ type, optional, choices: null });

const BY_NAME: Readonly<Record<string, ParameterType>> = { int: 'int', float: 'float', str: 'str', bool: 'bool', None: 'none', list: 'json', dict: 'json', tuple: 'json', set: 'json', sequence: 'json', mapping: 'json', iterable: 'json', date: 'date', path: 'path' };

export function readAnnotation(annotation: string, value: string | null): Typed {
  const text = annotation.replace(/^(?<quote>["'])(?<inner>.*)\k<quote>$/, '$<inner>').replace(/\btyping\.|\bt\.|\b(?:datetime|dt)\.(?=date\b)|\bpathlib\./g, '').trim();
  const members = splitUnion(text);
  return members.length > 1 ? readUnion(members, value) : readSingle(text, value);
}

/** `int | None`, `Optional[int]`: of several types nothing is known but whether None is among them. */
function readUnion(members: readonly string[], value: string | null): Typed {
  const rest = members.filter((member) => member !== 'None');
  const [only] = rest;
  const typed = rest.length === 1 && only !== undefined ? readAnnotation(only, value) : plain('unknown');
  return { ...typed, optional: rest.length < members.length };
}

function readSingle(text: string, value: string | null): Typed {
  const choices = /^Literal\[(?<choices>.*)\]$/s.exec(text)?.groups?.['choices'];
  if (choices !== undefined) return readChoices(choices);
  const type = BY_NAME[text] ?? BY_NAME[/^\w+/.exec(text)?.[0].toLowerCase() ?? ''];
  return type === undefined ? typeOfDefault(value) : plain(type, type === 'none');
}

function splitUnion(text: string): string[] {
  const optional = /^Optional\[(?<inner>.*)\]$/.exec(text)?.groups?.['inner'];
  if (optional !== undefined) return [...splitUnion(optional), 'None'];
  const inner = /^Union\[(?<inner>.*)\]$/.exec(text)?.groups?.['inner'];
  return splitOutside(inner ?? text, inner === undefined ? '|' : ',');
}

function readChoices(text: string): Typed {
  const choices = splitOutside(text, ',');
  const types = new Set(choices.filter((choice) => choice !== 'None').map((choice) => typeOfDefault(choice).type));
  const [type] = types;
  return { type: types.size === 1 && type !== undefined ? type : 'unknown', optional: choices.includes('None'), choices };
}

/** Cuts at a separator outside brackets and quotes. */
function splitOutside(text: string, separator: string): string[] {
  // What brackets and quotes hold counts as one letter while cutting.
  const flat = hideInner(text);
  const cuts = Array.from({ length: flat.length }, (_, at) => at).filter((at) => flat.charAt(at) === separator);
  return [-1, ...cuts].map((cut, at) => text.slice(cut + 1, cuts[at] ?? text.length).trim()).filter((part) => part !== '');
}

function hideInner(text: string): string {
  const hide = (inner: string) => '_'.repeat(inner.length);
  let flat = text.replace(/"[^"]*"|'[^']*'/g, hide);
  for (let before = ''; before !== flat;) {
    before = flat;
    flat = flat.replace(/\[[^[\](){}]*\]|\([^[\](){}]*\)|\{[^[\](){}]*\}/g, hide);
  }
  return flat;
}

const LITERALS: readonly (readonly [RegExp, ParameterType])[] = [
  [/^[-+]?(?:[1-9]\d*(?:_\d+)*|0+|0[xX][\da-fA-F]+(?:_[\da-fA-F]+)*|0[oO][0-7]+|0[bB][01]+)$/, 'int'],
  [/^[-+]?(?:\d+(?:_\d+)*\.\d*|\.\d+)(?:[eE][-+]?\d+)?$|^[-+]?\d+(?:_\d+)*[eE][-+]?\d+$|^float\(/, 'float'],
  [/^[rRuU]?(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|"""[\s\S]*"""|'''[\s\S]*''')$/, 'str'],
  [/^(?:True|False)$/, 'bool'],
  [/^[[{(][\s\S]*[\])}]$/, 'json'],
  [/^(?:(?:datetime|dt)\.)?date\(\d/, 'date'],
  [/^(?:pathlib\.)?Path\(/, 'path'],
];

export function typeOfDefault(value: string | null): Typed {
  if (value === null) return plain('unknown');
  if (value === 'None') return plain('none', true);
  return plain(LITERALS.find(([pattern]) => pattern.test(value))?.[1] ?? 'unknown');
}
