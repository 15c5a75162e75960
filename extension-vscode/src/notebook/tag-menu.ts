// What a cell is to the flow, as a menu and as commands.

import * as vscode from 'vscode';
import { allProperties, OFFERED, roleIn, shownValue, stepIn, t, withoutOurs, withRole, type Desk, type Property } from '@headwater/panels';
import { isStepName } from '@headwater/protocol';
import { askProperties, askProperty } from '../dialogs/ask-properties.ts';
import type { Notebooks } from './notebooks.ts';
import { renameStep, setTags, tagsOf } from './tags.ts';

type Given = vscode.NotebookCell | undefined;

export class TagMenu {
  readonly #notebooks: Notebooks;
  readonly #desk: Desk;

  constructor(notebooks: Notebooks, desk: Desk) {
    this.#notebooks = notebooks;
    this.#desk = desk;
  }

  async show(given: Given): Promise<void> {
    const cell = await this.#cell(given);
    if (cell === null) return;
    const tags = tagsOf(cell);
    const [role, step] = [roleIn(tags), stepIn(tags)];
    const mark = (is: boolean) => (is ? '$(check) ' : '$(blank) ');
    const items: (vscode.QuickPickItem & { readonly run?: () => unknown })[] = [
      { label: mark(step !== null) + (step === null ? t('Step…') : t('Step… ({name})', { name: step })), run: () => this.setStep(cell) },
      ...([['parameters', t('Parameters')], ['setup', t('Setup')], ['skip', t('Skip')]] as const).map(([tag, label]) => ({ label: mark(role === tag) + label, run: () => this.toggle(tag, cell) })),
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      ...(step === null ? [] : [
        ...OFFERED.flatMap((id) => allProperties().filter((property) => property.id === id)).map((property) => ({ label: `${mark(false)}${property.label}…`, description: shownValue(tags, property), run: () => this.askProperties(cell, property) })),
        { label: mark(false) + t('Step properties…'), run: () => this.askProperties(cell) },
        { label: '', kind: vscode.QuickPickItemKind.Separator },
      ]),
      { label: mark(false) + t('Run after…'), run: () => this.addPrev(cell) },
      { label: mark(false) + t('Rename step everywhere…'), run: () => this.rename(cell) },
      ...(step === null ? [] : [{ label: mark(false) + t('Restore step…'), run: () => vscode.commands.executeCommand('headwater.restoreStep', cell) }]),
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: mark(false) + t('Remove tags'), run: () => this.removeTags(cell) },
    ];
    const chosen = await vscode.window.showQuickPick(items, { title: t('Tag Cell'), placeHolder: t('What this cell is to the flow') });
    await chosen?.run?.();
  }

  async setStep(given: Given): Promise<void> {
    const cell = await this.#cell(given);
    if (cell === null) return;
    const notebook = this.#notebooks.of(cell.notebook);
    // Its proposal of a name needs the notebook looked at once.
    if (notebook?.analysis === null) await notebook.look();
    const proposed = notebook?.analysis?.proposals.find((each) => each.cell === cell.index)?.name ?? '';
    const name = await askName(t('The cell belongs to step'), stepIn(tagsOf(cell)) ?? proposed);
    if (name !== null) await setTags(cell, withRole(tagsOf(cell), `step:${name}`));
  }

  async toggle(tag: string, given: Given): Promise<void> {
    const cell = await this.#cell(given);
    if (cell !== null) await setTags(cell, withRole(tagsOf(cell), roleIn(tagsOf(cell)) === tag ? null : tag));
  }

  async addPrev(given: Given): Promise<void> {
    const cell = await this.#cell(given);
    if (cell === null) return;
    const own = stepIn(tagsOf(cell));
    const steps = (this.#notebooks.of(cell.notebook)?.analysis?.steps ?? []).filter((step) => step.kind === 'step' && step.name !== own).map((step) => step.name);
    if (steps.length === 0) return this.#desk.sayProblem(t('Run after…'), { code: 'no-step', sentence: t('There is no other step yet.'), hint: null });
    const name = await vscode.window.showQuickPick(steps, { title: t('Run after step, although no data flows') });
    if (name !== undefined) await setTags(cell, [...tagsOf(cell), `prev:${name}`]);
  }

  async rename(given: Given): Promise<void> {
    const cell = await this.#cell(given);
    if (cell === null) return;
    const from = stepIn(tagsOf(cell));
    if (from === null) return this.#desk.sayProblem(t('Rename step everywhere…'), NO_STEP());
    const to = await askName(t('Rename {step} to', { step: from }), from);
    if (to !== null && to !== from) await renameStep(cell.notebook, from, to);
  }

  /** One property, or all of them one after the other. */
  async askProperties(given: Given, property: Property | null = null): Promise<void> {
    const cell = await this.#cell(given);
    if (cell === null) return;
    const notebook = this.#notebooks.of(cell.notebook);
    const step = stepIn(tagsOf(cell)) ?? notebook?.analysis?.cells[cell.index]?.step ?? null;
    if (step === null) return this.#desk.sayProblem(t('Step properties…'), NO_STEP());
    const parts = { step, tags: () => tagsOf(cell), put: (tags: readonly string[]) => setTags(cell, tags), check: async (tags: readonly string[]) => notebook?.checkTags(cell.index, tags) ?? [] };
    await (property === null ? askProperties(parts) : askProperty(parts, property));
  }

  async removeTags(given: Given): Promise<void> {
    const cell = await this.#cell(given);
    if (cell !== null) await setTags(cell, withoutOurs(tagsOf(cell)));
  }

  /** The cell of the menu, or the active one; says so where there is none. */
  async #cell(given: Given): Promise<vscode.NotebookCell | null> {
    const cell = isCell(given) ? given : await this.#notebooks.showActiveCell();
    if (cell?.kind === vscode.NotebookCellKind.Code) return cell;
    const problem = cell === null ? { code: 'no-notebook', sentence: t('No notebook is open.'), hint: t('Open the notebook of the flow first.') } : { code: 'no-code', sentence: t('This cell is text: only code runs.'), hint: t('Click a cell with code first.') };
    await this.#desk.sayProblem(t('Tag Cell'), problem);
    return null;
  }
}

const NO_STEP = () => ({ code: 'no-step', sentence: t('The active cell belongs to no step.'), hint: t('Tag it as a step first.') });

/** Menus give a cell, the palette nothing, and the notebook's toolbar something else. */
export function isCell(given: unknown): given is vscode.NotebookCell {
  return typeof given === 'object' && given !== null && 'notebook' in given && 'index' in given;
}

async function askName(title: string, value: string): Promise<string | null> {
  const given = await vscode.window.showInputBox({
    title, value, prompt: t('Cells with the same name are one step.'),
    validateInput: (text) => (text.trim() === '' || isStepName(text.trim()) ? null : `${t('`{name}` cannot be the name of a step.', { name: text.trim() })} ${t('Letters, digits, `_` and `-` make a name, such as `clean-data`.')}`),
  });
  const name = given?.trim() ?? '';
  return name === '' ? null : name;
}
