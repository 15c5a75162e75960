// A row as text: who took how long, then the goals.

import { styleText } from 'node:util';
import { isQuiet } from '../measure/quiet.ts';
import { formatValue } from './format.ts';
import type { FigureResult, GoalResult, RowResult } from './result.ts';

export function printRow(result: RowResult): void {
  const { machine } = result;
  const calm = `load ${machine.load.toFixed(1)}; waited ${machine.waitedSeconds} s; ${machine.busy.filter(isQuiet).length} of ${machine.busy.length} rounds began quiet`;
  console.log(`\n${styleText('bold', result.name)}  ${result.title} ${styleText('dim', `(${result.rounds} rounds; ${calm})`)}`);
  const width = Math.max(0, ...result.figures.map((each) => label(each).length));
  for (const each of result.figures) console.log(`  ${label(each).padEnd(width)}  ${describe(each)}`);
  for (const goal of result.goals) console.log(describeGoal(goal));
  for (const failure of result.failures) console.log(styleText('red', `  ${failure}`));
  for (const note of result.notes) console.log(styleText('dim', `  ${note}`));
}

const label = ({ role, subject, figure }: FigureResult) => `${role.padEnd(5)}  ${subject}: ${figure}`;

function describe({ median, min, unit, samples }: FigureResult): string {
  const count = styleText('dim', `n ${samples.length}`);
  return `${formatValue(median, unit).padStart(10)}   min ${formatValue(min, unit).padStart(10)}   ${count}`;
}

function describeGoal({ text, kind, value, byMinima, met, unit }: GoalResult): string {
  const what = kind === 'told' ? 'ratio' : 'goal ';
  if (value === null) return `  ${what}  ${text}: ${styleText('yellow', 'not measured')}`;
  const minima = byMinima === null ? '' : ` (by minima ${formatValue(byMinima, unit)})`;
  if (met === null) return `  ${what}  ${text}: ${formatValue(value, unit)}${minima}`;
  return `  ${what}  ${text}: ${formatValue(value, unit)}${minima} ${met ? styleText('green', 'met') : styleText('red', 'missed')}`;
}
