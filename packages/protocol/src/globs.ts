// Patterns of files in `reads:` and `writes:`: `*`, `?` and `[…]` within a part of a path, `**` for folders at any depth; the same in Python (worker/files.py).

const SPECIAL = /[*?[]/;

export const isGlob = (pattern: string) => SPECIAL.test(pattern);

/** Relative, with forward slashes and without `..`: a path inside the project, whoever reads it. Else null. */
export function readGlob(text: string): string | null {
  const parts = text.split('/').filter((part) => part !== '.' && part !== '');
  const isInside = parts.length > 0 && !text.startsWith('/') && !/^[A-Za-z]:|\\|\0/.test(text) && !parts.includes('..');
  return isInside ? parts.join('/') : null;
}

export function matchesGlob(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.split('/').map(partSource).join('').replace(/\/$/, '')}$`, 'u').test(path);
}

/** A part with its slash. As in a shell, what begins with a dot has to be named. */
function partSource(part: string): string {
  if (part === '**') return '(?:(?!\\.)[^/]+/)*';
  const source = [...part.matchAll(/\*|\?|\[(!?)([^\]]+)\]|[^*?[]+|\[/g)].map(([text, not, set]) => {
    if (text === '*') return '[^/]*';
    if (text === '?') return '[^/]';
    return set === undefined ? escape(text) : `[${not === '!' ? '^' : ''}${set.replaceAll('\\', '\\\\').replaceAll('^', '\\^')}]`;
  });
  return `${SPECIAL.test(part[0] ?? '') ? '(?!\\.)' : ''}${source.join('')}/`;
}

const escape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Whether some path may match both; two patterns with wildcards are taken to meet where their folders and endings do not part them. */
export function overlaps(a: string, b: string): boolean {
  if (!isGlob(a) || !isGlob(b)) return isGlob(a) ? matchesGlob(a, b) : isGlob(b) ? matchesGlob(b, a) : a === b;
  const [headA, headB] = [a, b].map((each) => each.slice(0, each.search(SPECIAL))) as [string, string];
  const [tailA, tailB] = [a, b].map((each) => /[^*?\]]*$/.exec(each)?.[0] ?? '') as [string, string];
  return (headA.startsWith(headB) || headB.startsWith(headA)) && (tailA.endsWith(tailB) || tailB.endsWith(tailA));
}
