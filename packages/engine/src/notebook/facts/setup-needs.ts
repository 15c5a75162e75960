// Whether an untagged cell is setup by itself: imports, definitions, constants, paths, settings, and nothing else.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';

/** Names that must be imported modules, or members of them, for the cell to be setup; null where it is none. */
export function findSetupNeeds(root: SyntaxNode, source: string): readonly string[] | null {
  const context: Context = { source, needs: new Set() };
  if (root.children.length === 0 || !root.children.every((statement) => isSetupStatement(statement, context))) return null;
  return [...context.needs];
}

interface Context {
  readonly source: string;
  /** Roots of what is called or set. */
  readonly needs: Set<string>;
}

const PLAIN_STATEMENTS = new Set(['import_statement', 'import_from_statement', 'future_import_statement', 'function_definition', 'class_definition', 'decorated_definition', 'pass_statement', 'type_alias_statement', 'comment']);

function isSetupStatement(node: SyntaxNode, context: Context): boolean {
  if (PLAIN_STATEMENTS.has(node.type)) return true;
  if (node.type === 'expression_statement') return node.children.every((child) => isSetupExpression(child, context));
  if (node.type === 'try_statement') return isGuardedImport(node, context);
  return node.type === 'if_statement' && /^(?:typing\.)?TYPE_CHECKING$/.test(textOf(childOf(node, 'condition'), context)) && blocksOf(node).every((each) => isSetupStatement(each, context));
}

/** `try: import a` / `except ImportError: a = None`. */
function isGuardedImport(node: SyntaxNode, context: Context): boolean {
  const handlers = node.children.filter((child) => child.type === 'except_clause');
  const catchesImports = handlers.every((handler) => /^\(?\s*(?:ImportError|ModuleNotFoundError|Exception\b|\s|,)*\)?(?:\s+as\s+\w+)?$/.test(textOf(childOf(handler, 'value'), context)));
  return catchesImports && handlers.length > 0 && blocksOf(node).every((each) => isSetupStatement(each, context) || each.type === 'raise_statement');
}

function blocksOf(node: SyntaxNode): SyntaxNode[] {
  return node.children.flatMap((child) => (child.type === 'block' ? [...child.children] : child.type.endsWith('_clause') ? blocksOf(child) : []));
}

function isSetupExpression(node: SyntaxNode, context: Context): boolean {
  switch (node.type) {
    case 'string':
    case 'concatenated_string':
    case 'ellipsis':
      return true;
    case 'assignment':
      return isSetupAssignment(node, context);
    case 'call':
      return isHarmlessMagic(node, context) || isSetting(node, context);
    default:
      return false;
  }
}

/** A constant or a path for a name; a setting of a module for anything else: `plt.rcParams["x"] = 1`. */
function isSetupAssignment(node: SyntaxNode, context: Context): boolean {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (left === null || right === null) return right === null;
  const value = right.type === 'assignment' ? isSetupAssignment(right, context) : isConstant(right, context);
  const isName = left.type === 'identifier' || (left.type === 'pattern_list' && left.children.every((child) => child.type === 'identifier'));
  return value && (isName || needsImport(left, context));
}

// ---------------------------------------------------------------- values

const LITERALS = new Set(['integer', 'float', 'true', 'false', 'none', 'string', 'concatenated_string', 'ellipsis', 'string_content', 'string_start', 'string_end']);
const CONTAINERS = new Set(['list', 'tuple', 'set', 'dictionary', 'pair', 'expression_list', 'parenthesized_expression', 'unary_operator', 'binary_operator', 'keyword_argument', 'interpolation', 'not_operator', 'boolean_operator', 'comparison_operator']);

/** Made of literals alone, or a path made of literals and names. */
function isConstant(node: SyntaxNode, context: Context): boolean {
  if (isPath(node, context)) return true;
  if (LITERALS.has(node.type)) return node.children.every((child) => isConstant(child, context));
  return CONTAINERS.has(node.type) && node.children.every((child) => child.field === 'name' || isConstant(child, context));
}

const PATH_CALLS = /^(?:(?:pathlib\.)?(?:Path|PurePath)(?:\.(?:cwd|home))?|os\.path\.\w+|os\.(?:getcwd|getenv|environ\.get|fspath|sep)|str)$/;

function isPath(node: SyntaxNode, context: Context): boolean {
  switch (node.type) {
    case 'call':
      return PATH_CALLS.test(textOf(childOf(node, 'function'), context)) && (childOf(node, 'arguments')?.children ?? []).every((arg) => isPathPart(arg, context));
    case 'attribute':
      return /^(?:os\.(?:sep|pardir|curdir)|\w+\.parent)$/.test(textOf(node, context));
    case 'binary_operator':
      return isJoinedPath(childOf(node, 'left'), childOf(node, 'right'), context);
    default:
      return false;
  }
}

/** `folder / "file"`: one side at least says that it is no division of numbers. */
function isJoinedPath(left: SyntaxNode | null, right: SyntaxNode | null, context: Context): boolean {
  if (left === null || right === null || context.source.slice(left.end, right.start).trim() !== '/') return false;
  return isPathPart(left, context) && isPathPart(right, context) && (isText(right) || isText(left) || isPath(left, context));
}

function isPathPart(node: SyntaxNode, context: Context): boolean {
  return node.type === 'identifier' || isConstant(node, context);
}

function isText(node: SyntaxNode): boolean {
  return node.type === 'string' || node.type === 'concatenated_string';
}

// ---------------------------------------------------------------- calls

/** Magics come as calls here; `%run` and commands of the system do things of their own. */
function isHarmlessMagic(node: SyntaxNode, context: Context): boolean {
  const text = textOf(node, context);
  return /^get_ipython\(\)\.run_line_magic\(/.test(text) && !/^get_ipython\(\)\.run_line_magic\("(?:run|system|sx|sc|ls|cat|mkdir|rmdir|rm|mv|cp)"/.test(text);
}

/** Modules whose functions do things outside instead of setting something. */
const ACTING = /^(?:subprocess|shutil|time|sys\.exit|os\.(?!makedirs|mkdir|chdir|environ|putenv|umask)|plt\.(?!rc|style|ion|ioff|switch_backend|set_cmap|xkcd|close|show)|webbrowser|requests|urllib|wget|exit|quit|display)\b/;

/** `pd.set_option(…)`, `np.random.seed(1)`, `sns.set()`: a call on something imported, with nothing of the notebook in it. */
function isSetting(node: SyntaxNode, context: Context): boolean {
  const callee = childOf(node, 'function');
  if (callee === null || (callee.type !== 'identifier' && callee.type !== 'attribute')) return false;
  const name = textOf(callee, context);
  if (!/^[\w.]+$/.test(name) || !needsImport(callee, context) || ACTING.test(name)) return false;
  return (childOf(node, 'arguments')?.children ?? []).every((arg) => isSettingArgument(arg, context));
}

function isSettingArgument(node: SyntaxNode, context: Context): boolean {
  if (node.type === 'keyword_argument') {
    const value = childOf(node, 'value');
    return value !== null && isSettingArgument(value, context);
  }
  if (node.type === 'identifier' || node.type === 'attribute') return /^(?:[A-Z]\w*)?Warning$/.test(node.text) || needsImport(node, context);
  if (node.type === 'lambda') return true;
  return isConstant(node, context);
}

/** True so far: whether it is imported is for the notebook to say. */
function needsImport(node: SyntaxNode, context: Context): boolean {
  const name = rootName(node);
  context.needs.add(name);
  return name !== '';
}

function rootName(node: SyntaxNode): string {
  return node.type === 'identifier' ? node.text : node.children[0] === undefined ? '' : rootName(node.children[0]);
}

function textOf(node: SyntaxNode | null, context: Context): string {
  return node === null ? '' : context.source.slice(node.start, node.end);
}
