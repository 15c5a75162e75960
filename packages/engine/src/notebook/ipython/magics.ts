// What IPython's magics mean for names: a table, and for everything not in it the careful answer.

/**
 * `code`: runs Python given to it, in the notebook's namespace; `apart`: the same, but what it binds is lost.
 * `closed`: no names at all. `shell`: a command of the system. `star`: binds names nobody can list.
 * `opaque`: looks at the namespace as a whole, or at files of code that nobody reads here.
 */
export type MagicKind = 'code' | 'apart' | 'closed' | 'shell' | 'cwd' | 'env' | 'pip' | 'star' | 'inspect' | 'opaque';

const kinds = (kind: MagicKind, names: string): [string, MagicKind][] => names.split(' ').map((name) => [name, kind]);

const LINE_MAGICS: ReadonlyMap<string, MagicKind> = new Map([
  ...kinds('code', 'time prun debug memit mprun lprun'),
  ...kinds('apart', 'timeit'),
  ...kinds('closed', 'matplotlib config autoreload precision colors xmode pdb pprint doctest_mode automagic lsmagic magic quickref gui tb pwd '
    + 'alias unalias rehashx alias_magic logstart logstop logon logoff page man tensorboard'),
  ...kinds('shell', 'sx system sc ls cat mkdir rmdir rm mv cp less more ll lf lk ldir lx clear'),
  ...kinds('cwd', 'cd pushd popd dhist dirs bookmark'),
  ...kinds('env', 'env set_env'),
  ...kinds('pip', 'pip conda mamba micromamba uv'),
  ...kinds('star', 'pylab'),
  ...kinds('inspect', 'pinfo pinfo2 pdef pdoc pfile psource'),
]);

const CELL_MAGICS: ReadonlyMap<string, MagicKind> = new Map([
  ...kinds('code', 'time capture prun memit'),
  ...kinds('apart', 'timeit'),
  ...kinds('closed', 'html HTML javascript js latex markdown svg SVG writefile file'),
  ...kinds('shell', 'bash sh script cmd perl ruby python python2 python3 pypy system sx !'),
]);

export function lineMagicKind(name: string): MagicKind {
  return LINE_MAGICS.get(name) ?? 'opaque';
}

export function cellMagicKind(name: string): MagicKind {
  return CELL_MAGICS.get(name) ?? 'opaque';
}

export function isKnownMagic(name: string): boolean {
  return LINE_MAGICS.has(name) || CELL_MAGICS.has(name) || OPAQUE_BY_NAME.has(name);
}

/** Not in the tables above because their meaning is the careful answer. */
const OPAQUE_BY_NAME = new Set(['run', 'load_ext', 'reload_ext', 'unload_ext', 'who', 'who_ls', 'whos', 'reset', 'reset_selective', 'xdel', 'macro', 'store', 'recall', 'rerun', 'history', 'load', 'save', 'psearch', 'edit', 'notebook']);

/** Extensions that change nothing a run could notice. */
export const HARMLESS_EXTENSIONS: ReadonlySet<string> = new Set(['autoreload', 'tensorboard', 'line_profiler', 'memory_profiler', 'nb_black', 'lab_black', 'jupyter_black', 'watermark', 'google.colab.data_table']);

/** Options of code magics that take a value, given apart: `%timeit -n 10 f()`. */
const VALUED_OPTIONS: Readonly<Record<string, string>> = { timeit: 'nrp', prun: 'lsTD', memit: 'rtic', lprun: 'fmDTsru', mprun: 'fT', debug: 'b', time: '' };

/** How much of a code magic's line are options. */
export function optionsLength(magic: string, line: string): number {
  const valued = VALUED_OPTIONS[magic] ?? '';
  const option = new RegExp(`^\\s*(?:-[${valued === '' ? '_' : valued}]\\s*\\S+|--?[A-Za-z][\\w-]*)(?=\\s|$)`);
  let length = 0;
  for (let match = option.exec(line); match !== null; match = option.exec(line.slice(length))) length += match[0].length;
  return length;
}
