// Copies a tree out of wasm memory. Every question to a cursor is a call into wasm, so none is asked twice.

import type { Language, TreeCursor } from 'web-tree-sitter';
import type { SyntaxNode } from './syntax-node.ts';

/** Named, but of no meaning to names and values. */
const SKIPPED = new Set(['comment', 'line_continuation', 'escape_sequence', 'escape_interpolation', 'type_conversion', 'string_start', 'string_end', 'import_prefix']);
const LEAVES = new Set(['identifier', 'integer', 'float', 'true', 'false', 'none', 'string_content', 'ellipsis', 'pass_statement', 'break_statement', 'continue_statement', 'keyword_separator', 'positional_separator']);
/** Their children have no field names that anybody asks for. */
const FIELDLESS = new Set(['module', 'block', 'expression_statement', 'argument_list', 'list', 'tuple', 'set', 'dictionary', 'parenthesized_expression', 'string', 'concatenated_string', 'interpolation', 'pattern_list', 'expression_list', 'dotted_name', 'list_splat', 'dictionary_splat', 'comparison_operator', 'return_statement', 'parameters', 'lambda_parameters', 'await', 'type', 'as_pattern_target', 'assert_statement', 'if_clause']);
const NO_CHILDREN: readonly SyntaxNode[] = [];

export function makeConverter(language: Language): (cursor: TreeCursor, source: string) => SyntaxNode {
  const names = language.types.map((name, id) => (language.nodeTypeIsNamed(id) && !SKIPPED.has(name) ? name : null));
  const fields = language.fields;

  function convert(cursor: TreeCursor, source: string, type: string, hasFields: boolean): SyntaxNode {
    const field = hasFields ? fields[cursor.currentFieldId] ?? null : null;
    const { startIndex: start, endIndex: end } = cursor;
    if (LEAVES.has(type)) return { type, field, start, end, text: source.slice(start, end), children: NO_CHILDREN };
    const children = isPlainString(type, source, start) ? readPlainString(source, start, end) : convertChildren(cursor, source, !FIELDLESS.has(type));
    return { type, field, start, end, text: children.length === 0 ? source.slice(start, end) : '', children };
  }

  function convertChildren(cursor: TreeCursor, source: string, hasFields: boolean): readonly SyntaxNode[] {
    if (!cursor.gotoFirstChild()) return NO_CHILDREN;
    const children: SyntaxNode[] = [];
    do {
      const { nodeTypeId: id } = cursor;
      // An error has an id that no list holds.
      const type = id < names.length ? names[id] ?? null : 'ERROR';
      if (type !== null) children.push(convert(cursor, source, type, hasFields));
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return children;
  }

  return (cursor, source) => convert(cursor, source, 'module', false);
}

/** Nothing can stand in it. */
function isPlainString(type: string, source: string, start: number): boolean {
  return type === 'string' && /^[bBrRuU]{0,2}["']/.test(source.slice(start, start + 3));
}

/** The one child that the grammar gives such a string, without asking for it. */
function readPlainString(source: string, start: number, end: number): readonly SyntaxNode[] {
  const { open = '"' } = /^[A-Za-z]*(?<open>"""|'''|"|')/.exec(source.slice(start, start + 5))?.groups ?? {};
  const from = source.indexOf(open, start) + open.length;
  const to = Math.max(from, end - open.length);
  return from === to ? NO_CHILDREN : [{ type: 'string_content', field: null, start: from, end: to, text: source.slice(from, to), children: NO_CHILDREN }];
}
