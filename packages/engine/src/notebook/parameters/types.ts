// The type of a parameter: what its annotation says, else what its default is.

import type { Parameter, ParameterType } from '@headwater/protocol';

export type Typed = Pick<Parameter, 'type' | 'optional' | 'choices'>;

const plain = (type: ParameterType, optional = false): Typed => ({ type, optional, choices: null });

const BY_NAME: Readonly<Record<string, ParameterType>> = { int: 'int', float: 'float', str: 'str', bool: 'bool', None: 'none', list: 'json', dict: 'json', tuple: 'json', set: 'json', sequence: 'json', mapping: 'json', iterable: 'json' };

export function readAnnotation(annotation: string, value: string | null): Typed {
  const text = annotation.replace(/^(?<quote>["'])(?<inner>.*)\k<quote>$/, '$<inner>').replace(/\btyping\.|\bt\./g, '').trim();
  const optional = /^Optional\[(?<inner>.*)\]$/.exec(text)?.groups?.['inner'];
  if (optional !== undefined) return { ...readAnnotation(optional, value), optional: true };
  const members = splitUnion(text);
  if (members.length > 1) {
    const rest = members.filter((member) => member !== 'None');
    const [only] = rest;
    const typed = rest.length === 1 && only !== undefined ? readAnnotation(only, value) : plain('unknown');
    return { ...typed, optional: rest.length < members.length };
  }
  const choices = /^Literal\[(?<choices>.*)\]$/s.exec(text)?.groups?.['choices'];
  if (choices !== undefined) return readChoices(choices);
  const type = BY_NAME[text] ?? BY_NAME[/^\w+/.exec(text)?.[0].toLowerCase() ?? ''];
  return type === undefined ? typeOfDefault(value) : plain(type, type === 'none');
}

function splitUnion(text: string): string[] {
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
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const char of text) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if ('[({'.includes(char)) depth += 1;
    else if ('])}'.includes(char)) depth -= 1;
    if (char === separator && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

const LITERALS: readonly (readonly [RegExp, ParameterType])[] = [
  [/^[-+]?(?:\d[\d_]*|0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)$/, 'int'],
  [/^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?$|^float\(/, 'float'],
  [/^[rRuU]?(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|"""[\s\S]*"""|'''[\s\S]*''')$/, 'str'],
  [/^(?:True|False)$/, 'bool'],
  [/^[[{(][\s\S]*[\])}]$/, 'json'],
];

export function typeOfDefault(value: string | null): Typed {
  if (value === null) return plain('unknown');
  if (value === 'None') return plain('none', true);
  return plain(LITERALS.find(([pattern]) => pattern.test(value))?.[1] ?? 'unknown');
}
