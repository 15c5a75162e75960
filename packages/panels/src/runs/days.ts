// The days on which runs were started, as sections of their list. Pure.

import { formatDate, type RunRow } from '@headwater/protocol';
import type { Section } from '../parts/sections.ts';
import { t } from '../words/translate.ts';

/** A new one wherever the day is another than that of the row before. `today`: as `formatDate` writes it. */
export function daysOf(rows: readonly Pick<RunRow, 'started'>[], today: string): Section[] {
  const days: Section[] = [];
  let [from, to] = [NaN, NaN];
  rows.forEach(({ started }, at) => {
    if (started >= from && started < to) return;
    [from, to] = dayAround(started);
    days.push({ at, title: nameOf(started, today) });
  });
  return days;
}

function dayAround(time: number): [number, number] {
  const date = new Date(time);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return [new Date(year, month, day).getTime(), new Date(year, month, day + 1).getTime()];
}

function nameOf(time: number, today: string): string {
  const day = formatDate(time);
  if (day === today) return t('Today');
  return formatDate(dayAround(time)[1]) === today ? t('Yesterday') : day;
}
