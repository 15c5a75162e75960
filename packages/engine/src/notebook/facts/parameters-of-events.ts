// Which events of a function concern its parameters: those say what a call does to its arguments.

import type { Event } from './event.ts';
import type { Ref, TextPart, Value } from './value.ts';

export function concernsParameters(event: Event): boolean {
  switch (event.do) {
    case 'change':
      return mentions(event.value);
    case 'call':
      return mentions(event.receiver) || event.args.some((arg) => mentions(arg.value));
    case 'file':
      return event.path.some(isParameterPart);
    default:
      return false;
  }
}

function mentions(value: Value): boolean {
  return value.same.some(isParameter) || value.part.some(isParameter) || value.holds.some(isParameter) || (value.text?.some(isParameterPart) ?? false);
}

export function isParameter(ref: Ref): boolean {
  return ref.startsWith('@');
}

function isParameterPart(part: TextPart): boolean {
  return 'ref' in part && isParameter(part.ref);
}
