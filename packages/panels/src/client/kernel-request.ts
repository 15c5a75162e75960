// What an editor sends to a live kernel, and how it reads the answer: one expression that evaluates to a bundle of our own type. No code is
// run, nothing is printed, no name but those asked for is left behind. Values travel as JSON, never spliced into code.

const KERNEL_MIME = 'application/vnd.headwater+json';
export const EXPRESSION_NAME = 'headwater';

export type KernelRequest =
  | { readonly do: 'load'; readonly store: string; readonly path: string; readonly as: string; readonly overwrite: boolean }
  | { readonly do: 'load-run'; readonly store: string; readonly run: string; readonly overwrite: boolean }
  | { readonly do: 'restore'; readonly store: string; readonly run: string; readonly step: string; readonly moment: 'start' | 'failure'; readonly overwrite: boolean };

export type KernelAnswer =
  | { readonly status: 'ok'; readonly bound: readonly { readonly name: string; readonly type: string }[]; readonly skipped: readonly string[]; readonly ms: number }
  /** Names that are bound already; nothing was changed. */
  | { readonly status: 'taken'; readonly names: readonly { readonly name: string; readonly was: string; readonly will: string | null }[] }
  /** `install`: where a module is missing, the package and version that has it. */
  | { readonly status: 'failed'; readonly code: string; readonly sentence: string; readonly hint: string | null; readonly module?: string; readonly install?: string | null };

/** Valid as a Python string literal whatever it holds: JSON's escapes are Python's too, and everything else is ASCII. */
function pythonText(text: string): string {
  return JSON.stringify(text).replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Evaluates to the answer where the kernel has the package `headwater`. */
export function kernelExpression(request: KernelRequest): string {
  return `__import__("importlib").import_module("headwater.session.answer").answer(globals(), ${pythonText(JSON.stringify(request))})`;
}

/**
 * Makes the copy of the package that travels with the engine known to a kernel that has none, without changing its search path.
 * Evaluates to None; raises FileNotFoundError where the kernel does not see that folder.
 */
export function bridgeExpression(bridge: string): string {
  const folder = pythonText(`${bridge}/headwater`);
  const spec = `u.spec_from_file_location("headwater", ${folder} + "/__init__.py", submodule_search_locations=[${folder}])`;
  return `(lambda u, s, o: (lambda spec: (lambda m: (o.stat(spec.origin), s.modules.__setitem__("headwater", m), spec.loader.exec_module(m), None)[-1])(u.module_from_spec(spec)))(${spec}))`
    + '(__import__("importlib.util").util, __import__("sys"), __import__("os"))';
}

/** A reply's value for our expression. */
export type ExpressionReply = { readonly status: 'ok'; readonly data: Readonly<Record<string, unknown>> } | { readonly status: 'error'; readonly ename: string; readonly evalue: string };

/** The answer; `no-package` where the kernel lacks it; null for what is no answer of ours. */
export function readAnswer(reply: ExpressionReply | undefined): KernelAnswer | 'no-package' | null {
  if (reply === undefined) return null;
  if (reply.status === 'error') {
    if (reply.ename === 'ModuleNotFoundError' && /'headwater(\.session.*)?'/.test(reply.evalue)) return 'no-package';
    return { status: 'failed', code: 'kernel', sentence: `The kernel could not load: ${reply.ename}: ${reply.evalue}`, hint: null };
  }
  const content = reply.data[KERNEL_MIME];
  return typeof content === 'object' && content !== null && 'status' in content ? content as KernelAnswer : null;
}

/** The cell that does the same by hand. `nearest`: the store is the one that would be found from the notebook's folder. */
export function loadCell(path: string, as: string, store: string | null): string {
  return ['import headwater', ...(store === null ? [] : [`headwater.use(${pythonText(store)})`]), `${as} = headwater.load(${pythonText(path)})`].join('\n');
}

/** A package and its version, nothing that a shell or a magic would read as more. */
const REQUIREMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.!]+$/;

/** The cell that installs it in the environment of its kernel; null for what is no plain name and version. */
export function installCell(requirement: string): string | null {
  return REQUIREMENT.test(requirement) ? `%pip install "${requirement}"` : null;
}

/** What a name that is taken could be called instead: `best_41`. */
export function otherName(path: string, name: string): string {
  const number = path.split('/')[1] ?? '';
  return `${name}_${number}`;
}
