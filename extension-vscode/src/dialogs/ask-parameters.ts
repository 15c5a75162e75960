// The parameters of a run as quick input: notebook order, what differs marked, Enter on the first line runs.

import * as vscode from 'vscode';
import { choicesOf, lastValuesOf, runCommand, t } from '@headwater/panels';
import type { Analysis, Parameter } from '@headwater/protocol';

type Values = Record<string, string>;
type Item = vscode.QuickPickItem & { readonly parameter: Parameter | null };

export async function askParameters(analysis: Analysis, place: string, title: string): Promise<Values | null> {
  if (analysis.parameters.length === 0) return {};
  let values: Values = lastValuesOf(analysis);
  for (;;) {
    const items: Item[] = [
      { label: `$(play) ${t('Run flow')}`, detail: runCommand(vscode.workspace.asRelativePath(place, false), values), parameter: null },
      { label: '', kind: vscode.QuickPickItemKind.Separator, parameter: null },
      ...analysis.parameters.map((parameter) => toItem(parameter, values[parameter.name] ?? null)),
    ];
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: t('Run, or choose a parameter to change it'), ignoreFocusOut: true, matchOnDescription: true });
    if (chosen === undefined) return null;
    if (chosen.parameter === null) return values;
    values = await change(chosen.parameter, values);
  }
}

function toItem(parameter: Parameter, given: string | null): Item {
  const standard = parameter.default ?? '';
  const shown = given === null ? standard : `${given}  (${t('changed, notebook: {value}', { value: standard })})`;
  return { label: `${given === null ? '$(symbol-variable)' : '$(edit)'} ${parameter.name}`, description: shown, ...(parameter.help === null ? {} : { detail: parameter.help }), parameter };
}

async function change(parameter: Parameter, values: Values): Promise<Values> {
  const { name, help } = parameter;
  const standard = parameter.default ?? '';
  const choices = choicesOf(parameter);
  const prompt = [help, t('notebook: {value}', { value: standard })].filter((part) => part !== null).join(' · ');
  const given = choices === null
    ? await vscode.window.showInputBox({ title: name, value: values[name] ?? standard, prompt, ignoreFocusOut: true })
    : await vscode.window.showQuickPick([...choices], { title: name, placeHolder: prompt, ignoreFocusOut: true });
  if (given === undefined) return values;
  const rest = Object.fromEntries(Object.entries(values).filter(([each]) => each !== name));
  return given === standard ? rest : { ...rest, [name]: given };
}
