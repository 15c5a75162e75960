// The tag menu of the active cell: what it is to the flow.

import { InputDialog } from '@jupyterlab/apputils';
import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';
import { stepIn, t, withoutOurs } from '@headwater/panels';
import { isStepName } from '@headwater/protocol';
import { sayProblem } from '../dialogs/say.ts';
import type { Notebooks } from './notebooks.ts';
import { activeModel, renameStep, roleOf, setRole, setTags, tagsOf } from './tags.ts';

const ANY = { type: 'object', properties: {} } as const;

export function addTagCommands(commands: CommandRegistry, notebooks: Notebooks): Menu {
  const model = () => activeModel(notebooks.current?.panel ?? null);
  const role = () => { const active = model(); return active === null ? null : roleOf(active); };
  const step = () => { const active = model(); return active === null ? null : stepIn(tagsOf(active)); };
  const isCode = () => model()?.type === 'code';
  const add = (id: string, label: string | (() => string), execute: () => unknown, isToggled?: () => boolean) => commands.addCommand(id, {
    label, isEnabled: isCode, describedBy: { args: ANY }, execute: async () => { await execute(); }, ...(isToggled === undefined ? {} : { isToggled }),
  });
  const set = (next: string | null) => { const active = model(); if (active !== null) setRole(active, next); };

  add('headwater:set-step', () => { const name = step(); return name === null ? t('Step…') : t('Step… ({name})', { name }); }, async () => {
    // Its proposal of a name needs the notebook looked at once.
    if (notebooks.current?.analysis === null) await notebooks.current.look();
    const proposed = notebooks.current?.analysis?.proposals.find((each) => each.cell === notebooks.activeCell)?.name ?? '';
    const name = await askName(t('The cell belongs to step'), step() ?? proposed);
    if (name !== null) set(`step:${name}`);
  }, () => step() !== null);
  for (const [tag, label] of [['parameters', t('Parameters')], ['setup', t('Setup')], ['skip', t('Skip')]] as const) {
    add(`headwater:set-${tag}`, label, () => set(role() === tag ? null : tag), () => role() === tag);
  }
  add('headwater:add-prev', t('Run after…'), async () => {
    const active = model();
    const steps = (notebooks.current?.analysis?.steps ?? []).filter((each) => each.kind === 'step' && each.name !== step()).map((each) => each.name);
    if (active === null || steps.length === 0) return sayProblem(t('Run after…'), { code: 'no-step', sentence: t('There is no other step yet.'), hint: null });
    const { value } = await InputDialog.getItem({ title: t('Run after step, although no data flows'), items: steps });
    if (value !== null) setTags(active, [...tagsOf(active), `prev:${value}`]);
  });
  add('headwater:rename-step', t('Rename step everywhere…'), async () => {
    const [from, watched] = [step(), notebooks.current];
    if (from === null || watched?.panel.content.model == null) return sayProblem(t('Rename step everywhere…'), NO_STEP());
    const to = await askName(t('Rename {step} to', { step: from }), from);
    if (to !== null && to !== from) renameStep(watched.panel.content.model, from, to);
  });
  add('headwater:remove-tags', t('Remove tags'), () => { const active = model(); if (active !== null) setTags(active, withoutOurs(tagsOf(active))); });

  const menu = new Menu({ commands });
  for (const command of ['set-step', 'set-parameters', 'set-setup', 'set-skip']) menu.addItem({ command: `headwater:${command}` });
  menu.addItem({ type: 'separator' });
  for (const command of ['add-prev', 'rename-step', 'restore-step']) menu.addItem({ command: `headwater:${command}` });
  menu.addItem({ type: 'separator' });
  menu.addItem({ command: 'headwater:remove-tags' });
  return menu;
}

const NO_STEP = () => ({ code: 'no-step', sentence: t('The active cell belongs to no step.'), hint: t('Tag it as a step first.') });

async function askName(title: string, begin: string): Promise<string | null> {
  const { value, button } = await InputDialog.getText({ title, text: begin, selectionRange: begin.length, okLabel: t('Tag') });
  const name = (value ?? '').trim();
  if (!button.accept || name === '') return null;
  if (isStepName(name)) return name;
  await sayProblem(t('No such name'), { code: 'bad-name', sentence: t('`{name}` cannot be the name of a step.', { name }), hint: t('Letters, digits, `_` and `-` make a name, such as `clean-data`.') });
  return null;
}
