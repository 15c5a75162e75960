// Sentences to the person, in the host's own dialogs and notifications.

import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { Problem } from '@headwater/protocol';
import { t, type Action, type Tone } from '@headwater/panels';

/** JupyterLab shows no more of a notification. */
const LONGEST = 140;

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

export function say(text: string, kind: Tone = 'info', actions: readonly Action[] = []): string {
  return Notification.emit(cut(text), kind, { autoClose: kind === 'error' ? false : 6000, actions: actions.map(({ label, run }) => ({ label, callback: run })) });
}

/** What is waited for; it stays until that is over. */
export function sayWaiting(text: string, cancel: (() => void) | null): string {
  return Notification.emit(cut(text), 'in-progress', { autoClose: false, actions: cancel === null ? [] : [{ label: t('Cancel'), callback: cancel }] });
}

export function unsay(id: string): void {
  Notification.dismiss(id);
}

/** Something the person asked for could not be done. */
export async function sayProblem(title: string, problem: Problem, more: readonly Action[] = []): Promise<void> {
  const { button } = await showDialog({
    title, body: problem.hint === null ? problem.sentence : `${problem.sentence}\n\n${problem.hint}`,
    buttons: [...more.map(({ label }) => Dialog.createButton({ label })), Dialog.okButton({ label: t('Close') })],
  });
  more.find((action) => action.label === button.label)?.run();
}

/** True for the named button; the safe choice is the default. */
export async function ask(title: string, body: string, act: string): Promise<boolean> {
  const { button } = await showDialog({ title, body, defaultButton: 0, buttons: [Dialog.cancelButton({ label: t('Cancel') }), Dialog.warnButton({ label: act })] });
  return button.label === act;
}
