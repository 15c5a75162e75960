// The parameters of a flow: top-level assignments of its parameter cells, and how a run gives them other values.

import type { Parameter } from '@headwater/protocol';
import { findAssignments } from './parameters/assignments.ts';
import { readAnnotation, typeOfDefault } from './parameters/types.ts';

export { parseParameterValue } from './parameters/parse-value.ts';

/** Of several assignments of one name the last counts, as when the cells run. */
export function findParameters(cells: readonly { readonly index: number; readonly source: string }[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const { index, source } of cells) {
    for (const { name, annotation, value, help } of findAssignments(source)) {
      const text = value === null ? null : source.slice(value.start, value.end);
      const typed = annotation === null ? typeOfDefault(text) : readAnnotation(annotation, text);
      found.delete(name);
      found.set(name, { name, ...typed, default: text, help, cell: index });
    }
  }
  return [...found.values()];
}

/** Puts Python literals in the place of right-hand sides: what follows from a parameter still follows from it. Lines stay where they are. */
export function applyParameters(source: string, overrides: Readonly<Record<string, string>>): string {
  let text = source;
  for (const { name, value, nameEnd } of findAssignments(source).reverse()) {
    const literal = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
    if (literal === undefined) continue;
    if (value === null) text = `${text.slice(0, nameEnd)} = ${literal}${text.slice(nameEnd)}`;
    else text = text.slice(0, value.start) + keepLines(literal, source.slice(value.start, value.end)) + text.slice(value.end);
  }
  return text;
}

/** A value over several lines leaves as many behind, in brackets so that the statement goes on. */
function keepLines(literal: string, before: string): string {
  const breaks = before.split('\n').length - 1;
  return breaks === 0 ? literal : `(${literal}${'\n'.repeat(breaks)})`;
}
