// A name that is taken: the safe choice is another name.

import { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import { t, type NameChoice } from '@headwater/panels';

const PYTHON_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** `best` is a Pipeline already: load as another name, or replace it. */
export async function chooseName(name: string, was: string, proposal: string): Promise<NameChoice> {
  const body = new NameField(t('{name} is a {type} in this notebook already.', { name, type: was }), proposal);
  const as = t('Load under this name');
  const replace = t('Replace {name}', { name });
  const dialog = new Dialog({ title: t('Load {name}', { name }), body, defaultButton: 1, buttons: [Dialog.cancelButton({ label: t('Cancel') }), Dialog.okButton({ label: as }), Dialog.warnButton({ label: replace })] });
  const { button } = await dialog.launch();
  if (button.label === replace) return { kind: 'replace' };
  const given = body.getValue().trim();
  return button.label === as && PYTHON_NAME.test(given) ? { kind: 'as', name: given } : null;
}

class NameField extends Widget implements Dialog.IBodyWidget {
  readonly #input = document.createElement('input');

  constructor(sentence: string, value: string) {
    super();
    const label = document.createElement('label');
    label.textContent = sentence;
    this.#input.className = 'jp-mod-styled';
    this.#input.value = value;
    this.#input.spellcheck = false;
    label.append(this.#input);
    this.node.append(label);
  }

  getValue(): string {
    return this.#input.value;
  }
}
