// A run in words, the same in JupyterLab's list, in VS Code's tree and on the run page. Pure.

import { formatDuration, formatWhen, isSetupName, parseTask, type RunRow } from '@headwater/protocol';
import { t } from '../words/translate.ts';

/** Setup blocks have numbers that nobody knows. */
export const stepName = (task: string): string => (isSetupName(task) ? t('setup') : task);

/** What stands at the right of a row: how far it is, or where it failed. */
export function progressOf(row: RunRow): string {
  if (row.status === 'running' && row.inside !== null) return t('{n} of {m} in {step}', { n: row.inside.done + row.inside.failed, m: row.inside.total, step: row.inside.step });
  if (row.status === 'running') return t('{n} of {m} steps', { n: row.count.done, m: row.count.total });
  if (row.failed !== null && row.failed.of > 1) return t('{n} of {m} in {step}', { n: row.failed.tasks, m: row.failed.of, step: parseTask(row.failed.task)?.step ?? row.failed.task });
  if (row.failed !== null) return t('in {step}', { step: stepName(row.failed.task) });
  return '';
}

/** What a run is compared with first: the one it went on from, else the one before it; null for the first of all. */
export function comparedWith({ flow, number, resumes }: Pick<RunRow, 'flow' | 'number' | 'resumes'>): string | null {
  return resumes ?? (number > 1 ? `${flow}/${number - 1}` : null);
}

export function tookOf(row: Pick<RunRow, 'started' | 'ended'>, now: number): string {
  return formatDuration(Math.max(0, (row.ended ?? now) - row.started));
}

/** The muted second line: when · how long · parameters · what it went on from. */
export function detailsOf(row: RunRow, now: number): string {
  const resumed = row.resumes === null ? [] : [t('resumed {run}', { run: row.resumes.split('/').at(-1) ?? '' })];
  const parameters = Object.entries(row.parameters).map(([name, value]) => `${name} ${value}`);
  const when = row.status === 'running' ? t('now') : formatWhen(row.started, now);
  return [when, ...(row.status === 'lost' ? [] : [tookOf(row, now)]), ...parameters, ...resumed].join(' · ');
}
