// Executed notebooks of runs as a read-only drive, so that JupyterLab's own notebook shows them.

import { ServerConnection, type Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import type { Backend } from '@headwater/panels';

const NAME = 'headwater';

/** `headwater:<store, encoded>/churn/42.ipynb` */
export const executedPath = (store: string, run: string) => `${NAME}:${encodeURIComponent(store).replaceAll('%', '~')}/${run}.ipynb`;

function readPath(path: string): { store: string; run: string } {
  const slash = path.indexOf('/');
  return { store: decodeURIComponent(path.slice(0, slash).replaceAll('~', '%')), run: path.slice(slash + 1).replace(/\.ipynb$/, '') };
}

const refuse = (): Promise<never> => Promise.reject(new Error('A run opened as a notebook can be read, not changed. Use "Save As" for a copy.'));

export class ExecutedDrive implements Contents.IDrive {
  readonly name = NAME;
  readonly serverSettings = ServerConnection.makeSettings();
  readonly fileChanged = new Signal<this, Contents.IChangedArgs>(this);
  readonly #backend: Backend;
  isDisposed = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }

  async get(path: string, options?: Contents.IFetchOptions): Promise<Contents.IModel> {
    const time = new Date(0).toISOString();
    const model: Contents.IModel = { name: path.split('/').slice(-2).join(' '), path, type: 'notebook', format: 'json', mimetype: 'application/x-ipynb+json', writable: false, created: time, last_modified: time, content: null };
    return options?.content === false ? model : { ...model, content: JSON.parse(await this.#read(path)) as unknown };
  }

  async #read(path: string): Promise<string> {
    const { store, run } = readPath(path);
    let text = '';
    for (let offset: number | null = 0; offset !== null;) {
      const part: { text: string; next: number | null } = await this.#backend.call('executed', { store, run, offset });
      text += part.text;
      offset = part.next;
    }
    return text;
  }

  getDownloadUrl = refuse;
  newUntitled = refuse;
  delete = refuse;
  rename = refuse;
  save = refuse;
  copy = refuse;
  createCheckpoint = refuse;
  restoreCheckpoint = refuse;
  deleteCheckpoint = refuse;
  listCheckpoints = () => Promise.resolve([]);
}
