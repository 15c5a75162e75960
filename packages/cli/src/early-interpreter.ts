// The first thing a run process does, before it loads the engine: an interpreter takes as long to begin.

import { EarlyInterpreter, readExpected } from '@headwater/engine/early-interpreter';

/** `argv` as the process has it. */
export function startInterpreter(argv: readonly string[]): EarlyInterpreter {
  const early = new EarlyInterpreter();
  if (argv[2] !== undefined) early.start(readExpected(argv[2]));
  return early;
}
