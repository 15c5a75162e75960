// Tags of cells, read and written through the shared model, so that a change is one step for undo and for everybody who edits along.

import type { Cell } from '@jupyterlab/cells';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';

const ROLE = /^(step:.*|block:.*|parameters|setup|skip|imports|functions|pipeline-parameters)$/;

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
  return tagsOf(model).find((tag) => ROLE.test(tag)) ?? null;
}

export function setRole(model: Model, role: string | null): void {
  const rest = tagsOf(model).filter((tag) => !ROLE.test(tag));
  setTags(model, role === null ? rest : [role, ...rest]);
}

/** The step's name in every tag that means it, as one undoable change. Returns how many cells it was in. */
export function renameStep(notebook: INotebookModel, from: string, to: string): number {
  let changed = 0;
  notebook.sharedModel.transact(() => {
    for (const cell of notebook.cells) {
      const before = tagsOf(cell);
      const after = before.map((tag) => (tag === `step:${from}` ? `step:${to}` : tag === `prev:${from}` ? `prev:${to}` : tag));
      if (after.every((tag, at) => tag === before[at])) continue;
      setTags(cell, after);
      changed += 1;
    }
  });
  return changed;
}

export function activeModel(panel: NotebookPanel | null): Model | null {
  return panel?.content.activeCell?.model ?? null;
}
