// Diagnostics in the cells' editors, with the fixes as actions.

import { setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { Diagnostic, Edit, Range } from '@headwater/protocol';
import { setTags } from './tags.ts';
import type { WatchedNotebook } from './watched-notebook.ts';

const SEVERITY = { error: 'error', warning: 'warning', hint: 'info' } as const;

/** What is marked in an editor now. */
const marked = new WeakMap<EditorView, string>();

/** Only what differs is marked anew: a mark that is set again would close what is read at it. */
export function markCells(watched: WatchedNotebook): void {
  const { analysis, panel } = watched;
  for (const [index, cell] of panel.content.widgets.entries()) {
    const view = (cell.editor as CodeMirrorEditor | null)?.editor;
    if (view === undefined) continue;
    const found = (analysis?.diagnostics ?? []).filter((each) => each.cell === index);
    // A mark goes with the text it stood at.
    const key = found.length === 0 ? '' : JSON.stringify([found, view.state.doc.toString()]);
    if (key === (marked.get(view) ?? '')) continue;
    marked.set(view, key);
    view.dispatch(setDiagnostics(view.state, found.map((each) => toMark(each, view, watched))));
  }
}

function toMark(diagnostic: Diagnostic, view: EditorView, watched: WatchedNotebook): Mark {
  const { from, to } = span(diagnostic.range, view);
  const { fix } = diagnostic;
  return {
    from, to, severity: SEVERITY[diagnostic.severity], source: diagnostic.code,
    message: diagnostic.hint === null ? diagnostic.sentence : `${diagnostic.sentence} ${diagnostic.hint}`,
    actions: fix === null ? [] : [{ name: fix.title, apply: () => apply(fix.edits, watched) }],
  };
}

/** Without a range it is the first line. */
function span(range: Range | null, view: EditorView): { from: number; to: number } {
  const { doc } = view.state;
  if (range === null) return { from: 0, to: doc.lines > 0 ? doc.line(1).to : 0 };
  const offset = ({ line, column }: Range['start']) => {
    const found = doc.line(Math.min(doc.lines, line + 1));
    return Math.min(found.to, found.from + column);
  };
  const [from, to] = [offset(range.start), offset(range.end)];
  return from < to ? { from, to } : { from, to: Math.min(doc.length, from + 1) };
}

function apply(edits: readonly Edit[], { panel }: WatchedNotebook): void {
  const { model } = panel.content;
  model?.sharedModel.transact(() => {
    for (const edit of edits) {
      const cell = model.cells.get(edit.cell);
      if (edit.kind === 'set-tags') {
        setTags(cell, edit.tags);
        continue;
      }
      const lines = cell.sharedModel.getSource().split('\n');
      const offset = (line: number, column: number) => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + column;
      cell.sharedModel.updateSource(offset(edit.range.start.line, edit.range.start.column), offset(edit.range.end.line, edit.range.end.column), edit.text);
    }
  });
}
