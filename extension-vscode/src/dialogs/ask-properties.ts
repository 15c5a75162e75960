// What a step is asked for as quick input: each property with its value beside it, one after the other until there is no more to say.

import * as vscode from 'vscode';
import { complaintAbout, propertyGroups, shownValue, t, valuesOf, withValues, type Property } from '@headwater/panels';
import type { Diagnostic } from '@headwater/protocol';

export interface PropertyParts {
  readonly step: string;
  readonly tags: () => readonly string[];
  readonly put: (tags: readonly string[]) => Promise<void>;
  /** What a check would say of the cell with other tags. */
  readonly check: (tags: readonly string[]) => Promise<readonly Diagnostic[]>;
}

type Item = vscode.QuickPickItem & { readonly property: Property | null };

export async function askProperties(parts: PropertyParts): Promise<void> {
  for (;;) {
    const tags = parts.tags();
    const items = propertyGroups().flatMap(({ label, properties }): Item[] => [
      { label, kind: vscode.QuickPickItemKind.Separator, property: null }, ...properties.map((property) => ({ label: property.label, description: shownValue(tags, property), property })),
    ]);
    const chosen = await vscode.window.showQuickPick(items, { title: t('Properties of {step}', { step: parts.step }), placeHolder: t('What the step is asked for'), matchOnDescription: true, ignoreFocusOut: true });
    if (chosen?.property == null) return;
    await askProperty(parts, chosen.property);
  }
}

export async function askProperty(parts: PropertyParts, property: Property): Promise<void> {
  const tags = parts.tags();
  const next = await askValues(parts, property, valuesOf(tags, property));
  if (next !== null) await parts.put(withValues(tags, property, next));
}

/** Null when it was cancelled. */
async function askValues(parts: PropertyParts, property: Property, values: readonly string[]): Promise<readonly string[] | null> {
  switch (property.kind) {
    case 'switch':
      return values.length > 0 ? [] : [''];
    case 'choice':
      return chooseOne(property, values[0] ?? null);
    case 'text': {
      const at = property.many ? await chooseValue(property, values) : 0;
      return at === null ? null : askText(parts, property, { at, values });
    }
  }
}

async function chooseOne({ label, choices }: Property, now: string | null): Promise<readonly string[] | null> {
  const none = t('where the run is');
  const chosen = await vscode.window.showQuickPick([none, ...choices], { title: label, placeHolder: now ?? none });
  return chosen === undefined ? null : chosen === none ? [] : [chosen];
}

/** Which of several, or one more; null when it was cancelled. */
async function chooseValue({ label }: Property, values: readonly string[]): Promise<number | null> {
  if (values.length === 0) return 0;
  const another = { label: `$(add) ${t('Another')}`, at: values.length };
  const chosen = await vscode.window.showQuickPick([...values.map((value, at) => ({ label: value, at })), another], { title: label });
  return chosen?.at ?? null;
}

interface TextParts {
  /** Which of the values is typed anew. */
  readonly at: number;
  readonly values: readonly string[];
}

/** What is no value cannot be taken; what a run would stumble over can, and is said. */
async function askText({ tags, check }: PropertyParts, property: Property, { at, values }: TextParts): Promise<readonly string[] | null> {
  const withText = (text: string) => [...values.slice(0, at), text, ...values.slice(at + 1)];
  const given = await vscode.window.showInputBox({
    title: property.label, value: values[at] ?? '', placeHolder: t('such as {example}', { example: property.example }), prompt: t('Leave it empty to take it off.'),
    validateInput: async (text) => {
      const complaint = complaintAbout(property, text);
      if (complaint !== null) return complaint;
      // Where the service cannot be asked the value is checked all the same.
      const found = await check(withValues(tags(), property, withText(text))).catch(() => []);
      const [first] = found.filter(({ severity }) => severity !== 'hint');
      return first === undefined ? null : { message: `${first.sentence} ${first.hint ?? ''}`.trim(), severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
  return given === undefined ? null : withText(given);
}
