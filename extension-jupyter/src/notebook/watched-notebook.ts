// One open notebook of JupyterLab.

import { NotebookActions, type INotebookModel, type NotebookPanel } from '@jupyterlab/notebook';
import type { Contents, KernelSpec } from '@jupyterlab/services';
import { NotebookWatch, notebookText, type Backend, type JsonCell, type WorkNotebook } from '@headwater/panels';
import type { PlacedOutputs, Problem } from '@headwater/protocol';
import { JupyterKernel } from '../kernel/jupyter-kernel.ts';
import { placeOf } from './place.ts';

export interface Surroundings {
  readonly backend: Backend;
  readonly contents: Contents.IManager;
  readonly specs: () => Readonly<Record<string, KernelSpec.ISpecModel | undefined>>;
}

export class WatchedNotebook extends NotebookWatch implements WorkNotebook {
  readonly panel: NotebookPanel;
  readonly kernel: JupyterKernel;
  readonly #around: Surroundings;

  constructor(panel: NotebookPanel, around: Surroundings) {
    super(around.backend, { place: () => this.place, text: () => this.text() });
    this.panel = panel;
    this.#around = around;
    const { backend } = around;
    this.kernel = new JupyterKernel(panel, () => (backend.state.kind === 'open' ? backend.state.welcome.bridge : ''));
    void panel.context.ready.then(() => {
      const { model } = panel.content;
      if (panel.isDisposed || model === null) return;
      this.#follow(model);
      void this.look();
    });
    panel.disposed.connect(() => this.end());
  }

  /** The notebook tells of its cells coming and going and of its own metadata; each cell tells of its text and tags, and of outputs, which are nothing new here. */
  #follow({ cells, sharedModel }: INotebookModel): void {
    const later = () => this.later();
    const onCell = (_: unknown, { sourceChange, metadataChange }: { readonly sourceChange?: unknown; readonly metadataChange?: unknown }) => {
      if (sourceChange !== undefined || metadataChange !== undefined) later();
    };
    // Who is connected already is not connected again.
    const followCells = () => { for (const cell of cells) cell.sharedModel.changed.connect(onCell); };
    sharedModel.changed.connect(later);
    cells.changed.connect(() => {
      followCells();
      later();
    });
    followCells();
  }

  get name(): string {
    return this.panel.title.label;
  }

  get place(): string | Problem {
    return placeOf(this.panel.context.path, this.#around.contents);
  }

  text(): string {
    const { model } = this.panel.content;
    return model === null ? '' : notebookText(model.toJSON() as unknown as { cells: JsonCell[] });
  }

  /** Where its kernelspec names one by path; else it is the service's choice. */
  python(): string | null {
    const name = this.panel.sessionContext.session?.kernel?.name ?? '';
    const argv: unknown = this.#around.specs()[name]?.argv;
    const program: unknown = Array.isArray(argv) ? argv[0] : null;
    return typeof program === 'string' && program.startsWith('/') ? program : null;
  }

  insertCell(source: string): void {
    const { content } = this.panel;
    NotebookActions.insertBelow(content);
    content.activeCell?.model.sharedModel.setSource(source);
  }

  putOutputs(cells: PlacedOutputs['cells']): void {
    const { model } = this.panel.content;
    model?.sharedModel.transact(() => {
      for (const { index, number, outputs } of cells) {
        const cell = model.cells.get(index).sharedModel;
        if (cell.cell_type !== 'code' || !('setOutputs' in cell)) continue;
        const code = cell as unknown as { setOutputs: (outputs: unknown[]) => void; execution_count: number | null };
        code.setOutputs([...outputs]);
        code.execution_count = number;
      }
    });
  }
}
