// Decoding at the edge: strict once, trusted inside.

import * as v from 'valibot';

/** A stored or received text that does not follow its contract. Names what was read and the first thing wrong. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

export function decode<S extends v.GenericSchema>(schema: S, value: unknown, what: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  throw new ContractError(`${what} does not follow its contract${path === null ? '' : ` at ${path}`}: ${issue.message}`);
}

export function decodeText<S extends v.GenericSchema>(schema: S, text: string, what: string): v.InferOutput<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ContractError(`${what} is not JSON`);
  }
  return decode(schema, value, what);
}
