// Where our own code failed, for who is to mend it: kinds, functions and files. The message may quote what was shown, and addresses say where the
// person works, so both stay out.

const FRAME = /^\s*(?:at .*|\S*@.*)$/;
/** All of an address but its last part. */
const ADDRESS = /\b[a-z][a-z-]*:\/\/\S*\/(?=[^/\s]*:\d+:\d+)/g;

export function traceOf(error: unknown, components: string): string {
  const [kind, stack] = error instanceof Error ? [error.name, (error.stack ?? '').replace(error.message, '')] : ['no error', ''];
  const frames = [stack, components].map((text) => text.split('\n').filter((line) => FRAME.test(line)).map((line) => line.trim().replaceAll(ADDRESS, '')));
  return [`A panel failed: ${kind}`, ...frames.flat()].join('\n');
}
