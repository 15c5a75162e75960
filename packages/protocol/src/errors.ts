// Errors are data: a stable code, one sentence, a hint. Whose mistake it was decides the exit code.

export interface Problem {
  readonly code: string;
  /** One sentence that names the cell, step, artifact or file. */
  readonly sentence: string;
  /** What to do about it, or null. */
  readonly hint: string | null;
}

/** The person asked for something that cannot be: no such file, a bad value, an unknown run. Shown bare, exit code 2. */
export class UserError extends Error implements Problem {
  override readonly name = 'UserError';
  readonly code: string;
  readonly sentence: string;
  readonly hint: string | null;

  constructor(code: string, sentence: string, hint: string | null = null) {
    super(sentence);
    this.code = code;
    this.sentence = sentence;
    this.hint = hint;
  }
}

/** Detects by name, so that it also works for an error from another copy of this package. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError';
}
