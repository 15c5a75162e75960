// Calls that look at the namespace as a whole, or reach it in ways that text does not show.

import { memoize } from './memoize.ts';

/** Mentioned at all, called or not. */
const MENTIONS: readonly (readonly [RegExp, string])[] = [
  [/^builtins\.(?:exec|eval|compile|globals)$/, 'uses `$`'],
  [/^builtins\.(?:exec|eval|compile|globals)\b/, 'uses `$`'],
  [/^sys\.(?:_getframe|modules|settrace|setprofile|_current_frames)\b/, 'uses `$`'],
  [/^inspect\.(?!signature$|getsource$|getdoc$|cleandoc$|isfunction$|isclass$|ismethod$|isbuiltin$|isabstract$|ismodule$|iscoroutinefunction$|iscoroutine$|isawaitable$|isgenerator$|isgeneratorfunction$|getfullargspec$|Parameter\b|Signature\b|unwrap$|getmro$|getmodule$)./, 'uses `$`'],
  [/^gc\.(?!collect$|disable$|enable$|freeze$|isenabled$|get_count$|get_stats$|get_threshold$|set_threshold$)./, 'uses `$`'],
  [/^importlib\.reload$/, 'uses `$`'],
  [/^(?:runpy|code|codeop|pdb|tracemalloc|objgraph|pympler)\./, 'uses `$`'],
  [/^__main__\b/, 'imports `__main__`'],
  [/^IPython\.get_ipython$/, 'reaches into IPython'],
  [/^pandas\.eval$/, '`$` looks names up'],
  [/^numexpr\.(?:evaluate|re_evaluate)$/, '`$` looks names up'],
  [/^(?:patsy|formulaic|formulae)\./, '`$` looks names up'],
  [/^statsmodels\.(?:formula\.|api\.formula\.)/, '`$` looks names up'],
  [/^timeit\.(?!default_timer$)./, '`$` runs code from text'],
  [/^dill\.(?:dump_session|load_session|dump_module|load_module)$/, 'uses `$`'],
];

/** Why mentioning it makes a step opaque, or null. */
export const opaqueMention = memoize((absolute): string | null => {
  const found = MENTIONS.find(([pattern]) => pattern.test(absolute));
  return found === undefined ? null : found[1].replace('$', absolute.replace(/^builtins\./, ''));
});

/** Without arguments, outside functions, they answer with the namespace. */
const NAMESPACE_CALLS = new Set(['builtins.locals', 'builtins.vars', 'builtins.dir']);

export function isNamespaceCall(absolute: string, args: number, local: boolean): boolean {
  return NAMESPACE_CALLS.has(absolute) && args === 0 && !local;
}

/** Methods that take a text in which `@name` stands for a variable. */
export const QUERY_METHODS: ReadonlySet<string> = new Set(['query', 'eval']);
/** Models made from a formula look into the caller's frame. */
export const FORMULA_METHODS: ReadonlySet<string> = new Set(['from_formula', 'read_frame']);

/** They import what they are told to by a text. */
export const IMPORTING: ReadonlySet<string> = new Set(['builtins.__import__', 'importlib.import_module']);

/** Methods of IPython's shell that say nothing about names. */
export const HARMLESS_SHELL_METHODS: ReadonlySet<string> = new Set(['system', 'getoutput', 'set_next_input', 'enable_matplotlib', 'enable_gui', 'register_magics', 'register_magic_function', 'set_custom_exc', 'showtraceback', 'show_usage']);
