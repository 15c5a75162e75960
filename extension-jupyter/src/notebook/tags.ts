// Tags of cells, read and written through the shared model, so that a change is one step for undo and for everybody who edits along.

import type { Cell } from '@jupyterlab/cells';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import { renamedIn, roleIn } from '@headwater/panels';

type Model = Cell['model'];

export function tagsOf(model: Model): string[] {
  const tags: unknown = model.getMetadata('tags');
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

export function setTags(model: Model, tags: readonly string[]): void {
  if (tags.length > 0) model.setMetadata('tags', [...new Set(tags)]);
  else model.deleteMetadata('tags');
}

/** `step:NAME`, `parameters`, `setup`, `skip`, or null for none of them; other tags stay. */
export function roleOf(model: Model): string | null {
  return roleIn(tagsOf(model));
}

/** Of the active cell, as a change of the notebook: what a cell changes by itself is not undone with it. */
export function changeTags(panel: NotebookPanel | null, change: (tags: readonly string[]) => readonly string[]): void {
  const cell = activeModel(panel);
  if (cell !== null) panel?.content.model?.sharedModel.transact(() => setTags(cell, change(tagsOf(cell))));
}

/** The step's name in every tag that means it, as one undoable change. Returns how many cells it was in. */
export function renameStep(notebook: INotebookModel, from: string, to: string): number {
  let changed = 0;
  notebook.sharedModel.transact(() => {
    for (const cell of notebook.cells) {
      const after = renamedIn(tagsOf(cell), from, to);
      if (after === null) continue;
      setTags(cell, after);
      changed += 1;
    }
  });
  return changed;
}

export function activeModel(panel: NotebookPanel | null): Model | null {
  return panel?.content.activeCell?.model ?? null;
}
