// A value from the command line as the Python literal that stands for it, or a sentence why it cannot be.

import type { Parameter, ParameterType } from '@headwater/protocol';
import { typeOfDefault } from './types.ts';

export type ParsedValue = { readonly literal: string } | { readonly problem: string };

type Convert = (text: string, parameter: Parameter) => string | null;

export function parseParameterValue(parameter: Parameter, text: string): ParsedValue {
  if (parameter.choices !== null) return chooseValue(parameter, parameter.choices, text);
  if (isNone(text) && parameter.optional) return { literal: 'None' };
  const literal = CONVERT[parameter.type](text.trim() === '' ? text : parameter.type === 'str' ? text : text.trim(), parameter);
  return literal === null ? { problem: `\`${parameter.name}\` wants ${WANTED[parameter.type]}, \`${text}\` is none.` } : { literal };
}

function chooseValue(parameter: Parameter, choices: readonly string[], text: string): ParsedValue {
  const wanted = choices.find((choice) => choice === text || choice.replace(/^["']|["']$/g, '') === text || (choice === 'None' && isNone(text)));
  if (wanted !== undefined) return { literal: wanted };
  return { problem: `\`${parameter.name}\` is one of ${choices.map((choice) => `\`${choice}\``).join(', ')}; \`${text}\` is none of them.` };
}

function isNone(text: string): boolean {
  return /^(?:none|null)$/i.test(text.trim());
}

const WANTED: Readonly<Record<ParameterType, string>> = { int: 'an int', float: 'a float', str: 'a str', bool: 'a bool, true or false', none: 'a value', json: 'a list or dict as JSON', date: 'a date such as 2026-03-31', path: 'a path', unknown: 'a value' };

const CONVERT: Readonly<Record<ParameterType, Convert>> = {
  int: (text) => (typeOfDefault(text).type === 'int' ? text : null),
  float: toFloat,
  str: (text) => JSON.stringify(text),
  bool: toBool,
  json: toContainer,
  date: toDate,
  path: (text, { default: standard }) => `${makerOf(standard, /^(?:pathlib\.)?Path(?=\()/, '__import__("pathlib").Path')}(${JSON.stringify(text)})`,
  none: toWhatItLooksLike,
  unknown: toWhatItLooksLike,
};

function toFloat(text: string): string | null {
  const special = /^[-+]?(?:inf|infinity|nan)$/i.test(text);
  if (special) return `float(${JSON.stringify(text)})`;
  if (/^[-+]?\d+(?:_\d+)*$/.test(text)) return `${text}.0`;
  return typeOfDefault(text).type === 'float' && !text.startsWith('float(') ? text : null;
}

function toDate(text: string, { default: standard }: Parameter): string | null {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = new Date(`${text}T00:00:00Z`);
  // The thirty-first of February is the third of March to this clock.
  if (parts.length === 0 || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) return null;
  return `${makerOf(standard, /^(?:(?:datetime|dt)\.)?date(?=\()/, '__import__("datetime").date')}(${parts.map(Number).join(', ')})`;
}

/** As the default makes it, under the name that the notebook imported it by. */
function makerOf(standard: string | null, pattern: RegExp, otherwise: string): string {
  return pattern.exec(standard ?? '')?.[0] ?? otherwise;
}

function toBool(text: string): string | null {
  if (/^(?:true|yes|on|1)$/i.test(text)) return 'True';
  return /^(?:false|no|off|0)$/i.test(text) ? 'False' : null;
}

/** A list for a tuple or set becomes one. */
function toContainer(text: string, parameter: Parameter): string | null {
  const value = parseJson(text);
  if (value === undefined || typeof value !== 'object' || value === null) return null;
  const literal = toPython(value);
  if (!Array.isArray(value) || parameter.default === null) return literal;
  if (parameter.default.startsWith('(')) return `tuple(${literal})`;
  return /^\{[^:]*\}$/.test(parameter.default) && parameter.default !== '{}' ? `set(${literal})` : literal;
}

function toWhatItLooksLike(text: string, parameter: Parameter): string {
  if (isNone(text)) return 'None';
  const { type } = typeOfDefault(text);
  if ((type === 'int' || type === 'float') && !text.startsWith('float(')) return text;
  if (/^(?:true|false)$/i.test(text)) return toBool(text) ?? 'None';
  return toContainer(text, parameter) ?? JSON.stringify(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toPython(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(toPython).join(', ')}]`;
  if (typeof value === 'object') return `{${Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${toPython(each)}`).join(', ')}}`;
  return JSON.stringify(value);
}
