// In a cell of one line the `%` may be left out: `ls`, `cd data`, `pip install x`.

/** Words that nobody uses as a variable; the others may be left out only before arguments. */
const BARE = new Set(['ls', 'pwd', 'll', 'who', 'whos', 'pip', 'conda', 'lsmagic']);
const WORDS = new Set([...BARE, 'cd', 'cat', 'mkdir', 'rm', 'mv', 'cp', 'rmdir', 'less', 'more', 'man', 'matplotlib', 'load_ext', 'run', 'env', 'pinfo', 'mamba', 'uv', 'autoreload', 'config', 'set_env', 'pylab']);

const LINE = /^(?<word>[a-z_]+)(?:\s+(?<rest>\S.*))?$/;
/** What follows a variable. */
const OPERATOR = /^(?:[-+*/%=<>!&|^.,:;()[\]]+(?:\s|$)|=|(?:in|is|and|or|if|not)\s)/;

/** The line with its `%`, or null where it is Python. */
export function findAutomagic(lines: readonly string[], first: number): string | null {
  const line = lines[first] ?? '';
  const { word = '', rest } = LINE.exec(line.trimEnd())?.groups ?? {};
  if (!WORDS.has(word) || lines.some((each, at) => at !== first && each.trim() !== '')) return null;
  const isMagic = rest === undefined ? BARE.has(word) : !OPERATOR.test(rest);
  return isMagic ? `%${line}` : null;
}
