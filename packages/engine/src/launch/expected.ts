// What a run will be asked for, as far as its interpreter goes: said to the run process before the request, as an argument.

import type { RunRequest } from './request.ts';

export type Expected = Pick<RunRequest, 'notebook' | 'python' | 'hashSeed'>;

/** Null for a run that still has to look up the seed of another one. */
export function expectedOf({ notebook, python, hashSeed, resumes, only }: RunRequest): Expected | null {
  return hashSeed === null && (resumes !== null || only !== null) ? null : { notebook, python, hashSeed };
}

export const writeExpected = (expected: Expected): string => JSON.stringify(expected);

export const readExpected = (argument: string): Expected => JSON.parse(argument) as Expected;
