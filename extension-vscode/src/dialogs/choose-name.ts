// A name that is taken: the field holds another name, and taking it is the first choice.

import * as vscode from 'vscode';
import { t, type NameChoice } from '@headwater/panels';

const PYTHON_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

export function chooseName(name: string, was: string, proposal: string): Promise<NameChoice> {
  const pick = vscode.window.createQuickPick();
  const replace: vscode.QuickPickItem = { label: t('Replace {name}', { name }), alwaysShow: true };
  const offer = () => {
    const given = pick.value.trim();
    const as: vscode.QuickPickItem[] = PYTHON_NAME.test(given) && given !== name ? [{ label: t('Load as {name}', { name: given }), alwaysShow: true }] : [];
    pick.items = [...as, replace];
  };
  pick.title = t('{name} is a {type} in this notebook already.', { name, type: was });
  pick.placeholder = t('Another name');
  pick.ignoreFocusOut = true;
  pick.value = proposal;
  offer();
  pick.onDidChangeValue(offer);
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      resolve(chosen === undefined ? null : chosen === replace ? { kind: 'replace' } : { kind: 'as', name: pick.value.trim() });
      pick.hide();
    });
    pick.onDidHide(() => { resolve(null); pick.dispose(); });
    pick.show();
  });
}
