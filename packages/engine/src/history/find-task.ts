// A task as a person names it: `train`, `train[3]`, `train[lr=0.1]`, `train[1,fold=2]`, `fit@4`.

import { UserError } from '@headwater/protocol';
import type { RunState } from '../run/state.ts';
import { tasksOf, type Task } from './tasks.ts';

interface Asked {
  readonly step: string;
  /** Place in each list, or `name=label`. */
  readonly parts: readonly string[];
  readonly iteration: number | null;
}

const TASK = /^([^[@]+)(?:\[(.*)\])?(?:@(\d+))?$/s;
const SHOWN = 5;

/** All tasks that fit; throws UserError when there is no such step or no such task. */
export function findTasks(state: RunState, run: string, text: string): Task[] {
  const asked = readAsked(state, text);
  const position = state.positions.get(asked.step);
  if (position === undefined) {
    const names = state.steps.filter(({ plan }) => plan.kind === 'step').map(({ plan }) => plan.name);
    throw new UserError('no-task', `${run} has no step \`${asked.step}\`.`, names.length === 0 ? null : `It has ${names.join(', ')}.`);
  }
  const all = [...tasksOf(state, position)];
  const found = all.filter((task) => fits(task, asked));
  if (found.length > 0 || all.length === 0 && asked.parts.length === 0) return found;
  throw new UserError('no-task', `${run} has no task \`${text}\`.`, all.length === 0 ? `${asked.step} has no tasks yet.` : `${asked.step} has ${listSome(all)}.`);
}

/** The one that is meant; throws UserError when several fit. Of iterations the last. */
export function findOneTask(state: RunState, run: string, text: string): Task {
  const found = findTasks(state, run, text);
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined) throw new UserError('no-task', `${run}/${text} was not reached.`, null);
  if (found.every(({ indices }) => indices.join() === first.indices.join())) return last;
  throw new UserError('many-tasks', `${run}/${text} is ${found.length} tasks.`, `Name one: ${listSome(found)}.`);
}

/** A step's name may be that of a setup block, or hold what looks like an iteration only to us. */
function readAsked(state: RunState, text: string): Asked {
  if (state.positions.has(text)) return { step: text, parts: [], iteration: null };
  const [, step = text, inside, iteration] = TASK.exec(text) ?? [];
  return { step, parts: inside === undefined ? [] : splitParts(inside), iteration: iteration === undefined ? null : Number(iteration) };
}

/** At commas that begin another index or another `name=`; labels may hold commas. */
function splitParts(inside: string): string[] {
  return inside.split(/,(?=\s*(?:\d+\s*(?:,|$)|[\p{L}_][\p{L}\p{N}_]*=))/u).map((part) => part.trim());
}

function fits(task: Task, { parts, iteration }: Asked): boolean {
  if (iteration !== null && task.iteration !== iteration) return false;
  if (parts.length > task.items.length) return false;
  return parts.every((part, depth) => {
    const at = part.indexOf('=');
    if (/^\d+$/.test(part)) return task.indices[depth] === Number(part);
    if (at < 0) return task.items[depth]?.[1] === part;
    const [name, label] = [part.slice(0, at), part.slice(at + 1)];
    return task.items.some(([item, text]) => item === name && (text === label || text === `'${label}'`));
  });
}

/** `train[0]` (lr=0.1), `train[1]` (lr=0.01) and 22 more. */
function listSome(tasks: readonly Task[]): string {
  const shown = tasks.slice(0, SHOWN).map(({ task, items }) => `${task}${items.length === 0 ? '' : ` (${describeItems(items)})`}`);
  return `${shown.join(', ')}${tasks.length > SHOWN ? ` and ${tasks.length - SHOWN} more` : ''}`;
}

export function describeItems(items: Task['items']): string {
  return items.map(([name, label]) => `${name}=${label}`).join(', ');
}
