// Python names in a shell command: `{x}` and `$x`, as IPython puts them in before the shell sees the text.

const WORDS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'for', 'lambda', 'None', 'True', 'False']);

export interface Expansions {
  readonly names: readonly string[];
  /** In capitals after `$`: mostly the shell's own variables. */
  readonly soft: readonly string[];
}

export function findExpansions(text: string): Expansions {
  const names: string[] = [];
  const soft: string[] = [];
  const plain = text.replace(/\{\{|\}\}/g, '  ');
  const braced = [...plain.matchAll(/\{(?<expression>[^{}]*)\}/g)];
  for (const match of braced) names.push(...namesIn(match.groups?.['expression'] ?? ''));
  for (const match of plain.matchAll(/(?<![\\$])\$(?<name>[\p{L}_][\p{L}\p{N}_]*)/gu)) {
    const name = match.groups?.['name'] ?? '';
    (/^[A-Z\d_]+$/.test(name) ? soft : names).push(name);
  }
  return { names: [...new Set(names)], soft: [...new Set(soft)] };
}

/** Names an expression begins with or combines; attributes, strings and what is no expression of Python aside. */
function namesIn(expression: string): string[] {
  const bare = expression.replace(/"[^"]*"|'[^']*'/g, '""').replace(/[!:][^:!]*$/, '');
  if (/^\s*$|\$|;|^\s*[\p{L}_]\w*\s+[\p{L}_$]/u.test(bare)) return [];
  return [...bare.matchAll(/(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*/gu)].map((match) => match[0]).filter((name) => !WORDS.has(name));
}
