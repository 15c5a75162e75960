// JupyterLab's dialogs and notifications, and its notebook last used.

import type { Desk, WorkNotebook } from '@headwater/panels';
import type { Notebooks } from '../notebook/notebooks.ts';
import { chooseName } from './name-dialog.ts';
import { askParameters } from './parameter-form.tsx';
import { ask, say, sayProblem, sayWaiting, unsay } from './say.ts';

export class JupyterDesk implements Desk {
  readonly goToCell: Desk['goToCell'];
  readonly #notebooks: Notebooks;
  readonly sayProblem = sayProblem;
  readonly ask = ask;
  readonly chooseName = chooseName;
  readonly askParameters = askParameters;

  constructor(notebooks: Notebooks, goToCell: Desk['goToCell']) {
    this.#notebooks = notebooks;
    this.goToCell = goToCell;
  }

  get notebook(): WorkNotebook | null {
    return this.#notebooks.current;
  }

  get activeStep(): string | null {
    return this.#notebooks.activeStep;
  }

  say(...said: Parameters<Desk['say']>): () => void {
    const id = say(...said);
    return () => unsay(id);
  }

  sayWaiting(text: string, cancel: (() => void) | null): () => void {
    const id = sayWaiting(text, cancel);
    return () => unsay(id);
  }
}
