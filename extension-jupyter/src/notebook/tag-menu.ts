// The tag menu of the active cell: what it is to the flow.

import { InputDialog } from '@jupyterlab/apputils';
import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';
import { allProperties, OFFERED, shownValue, stepIn, t, withoutOurs, withRole } from '@headwater/panels';
import { isStepName } from '@headwater/protocol';
import { askProperties } from '../dialogs/property-form.tsx';
import { sayProblem } from '../dialogs/say.ts';
import type { Notebooks } from './notebooks.ts';
import { activeModel, changeTags, renameStep, roleOf, tagsOf } from './tags.ts';

const ANY = { type: 'object', properties: {} } as const;

export function addTagCommands(commands: CommandRegistry, notebooks: Notebooks): Menu {
  const model = () => activeModel(notebooks.front?.panel ?? null);
  const role = () => { const active = model(); return active === null ? null : roleOf(active); };
  const step = () => { const active = model(); return active === null ? null : stepIn(tagsOf(active)); };
  const isCode = () => model()?.type === 'code';
  const add = (id: string, label: string | (() => string), execute: () => unknown, isToggled?: () => boolean) => commands.addCommand(id, {
    label, isEnabled: isCode, describedBy: { args: ANY }, execute: async () => { await execute(); }, ...(isToggled === undefined ? {} : { isToggled }),
  });
  const change = (how: (tags: readonly string[]) => readonly string[]) => changeTags(notebooks.front?.panel ?? null, how);
  const set = (next: string | null) => change((tags) => withRole(tags, next));

  add('headwater:set-step', () => { const name = step(); return name === null ? t('Step…') : t('Step… ({name})', { name }); }, async () => {
    // Other buttons lead here too, whatever cell is active.
    if (!isCode()) return sayProblem(t('Tag Cell'), { code: 'no-code', sentence: t('This cell is text: only code runs.'), hint: t('Click a cell with code first.') });
    // Its proposal of a name needs the notebook looked at once.
    if (notebooks.front?.analysis === null) await notebooks.front.look();
    const proposed = notebooks.front?.analysis?.proposals.find((each) => each.cell === notebooks.activeCell)?.name ?? '';
    const name = await askName(t('The cell belongs to step'), step() ?? proposed);
    if (name !== null) set(`step:${name}`);
    return undefined;
  }, () => step() !== null);
  for (const [tag, label] of [['parameters', t('Parameters')], ['setup', t('Setup')], ['skip', t('Skip')]] as const) {
    add(`headwater:set-${tag}`, label, () => set(role() === tag ? null : tag), () => role() === tag);
  }
  add('headwater:add-prev', t('Run after…'), async () => {
    const steps = (notebooks.front?.analysis?.steps ?? []).filter((each) => each.kind === 'step' && each.name !== step()).map((each) => each.name);
    if (steps.length === 0) return sayProblem(t('Run after…'), { code: 'no-step', sentence: t('There is no other step yet.'), hint: null });
    const { value } = await InputDialog.getItem({ title: t('Run after step, although no data flows'), items: steps });
    if (value !== null) change((tags) => [...tags, `prev:${value}`]);
  });
  add('headwater:rename-step', t('Rename step everywhere…'), async () => {
    const [from, watched] = [step(), notebooks.front];
    if (from === null || watched?.panel.content.model == null) return sayProblem(t('Rename step everywhere…'), NO_STEP());
    const to = await askName(t('Rename {step} to', { step: from }), from);
    if (to !== null && to !== from) renameStep(watched.panel.content.model, from, to);
  });
  commands.addCommand('headwater:properties', {
    label: ({ property }) => labelOf(typeof property === 'string' ? property : null, model()),
    isEnabled: isCode,
    describedBy: { args: { type: 'object', properties: { property: { type: 'string' } } } },
    execute: async ({ property }) => {
      const [active, watched, at, name] = [model(), notebooks.front, notebooks.activeCell, step() ?? notebooks.activeStep];
      if (active === null || watched === null || at === null || name === null) return sayProblem(t('Step properties…'), NO_STEP());
      const check = (tags: readonly string[]) => watched.checkTags(at, tags);
      const tags = await askProperties({ step: name, tags: tagsOf(active), check, begin: typeof property === 'string' ? property : null });
      if (tags !== null) change(() => tags);
      return undefined;
    },
  });
  add('headwater:remove-tags', t('Remove tags'), () => change(withoutOurs));

  const menu = new Menu({ commands });
  for (const command of ['set-step', 'set-parameters', 'set-setup', 'set-skip']) menu.addItem({ command: `headwater:${command}` });
  menu.addItem({ type: 'separator' });
  for (const property of OFFERED) menu.addItem({ command: 'headwater:properties', args: { property } });
  menu.addItem({ command: 'headwater:properties' });
  menu.addItem({ type: 'separator' });
  for (const command of ['add-prev', 'rename-step', 'restore-step']) menu.addItem({ command: `headwater:${command}` });
  menu.addItem({ type: 'separator' });
  menu.addItem({ command: 'headwater:remove-tags' });
  return menu;
}

/** What is asked for most, with what is said of it now. */
function labelOf(id: string | null, active: ReturnType<typeof activeModel>): string {
  const property = allProperties().find((each) => each.id === id);
  if (property === undefined) return t('Step properties…');
  const shown = active === null ? '' : shownValue(tagsOf(active), property);
  return `${property.label}…${shown === '' ? '' : ` (${shown})`}`;
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
