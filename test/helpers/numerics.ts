// They say which processor a library computes for, and with it the last bits: settings of one machine are none of the others.

export function forgetNumericSettings<T extends Record<string, string | undefined>>(env: T): T {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OPENBLAS_'))) as T;
}
