// What is typed above a table of tasks: `failed`, `lr=0.1`, `region=DE-*`, `9..40`, `[3]`, words. Pure.

import { STATE_WORDS, type TaskRow } from '@headwater/protocol';

export type TaskTest = (row: TaskRow) => boolean;

const STATES = new Map(Object.entries(STATE_WORDS).map(([state, word]) => [word.toLowerCase(), state]));

/** All parts must hold; they stand apart by commas before another `name=`, or by a space after a word of state. */
export function parseTaskFilter(text: string): TaskTest {
  const plain = text.trim().replace(/^[^[\]]*\[(.*)\]$/s, '$1').trim();
  const [first = '', ...rest] = plain.split(/\s+/);
  const isState = STATES.has(first.toLowerCase());
  const tests = [...(isState ? [isInState(first.toLowerCase())] : []), ...splitParts(isState ? rest.join(' ') : plain).map(readPart)];
  return (row) => tests.every((test) => test(row));
}

function splitParts(text: string): string[] {
  return text.split(/,(?=\s*[\p{L}_][\p{L}\p{N}_]*=)/u).map((part) => part.trim()).filter((part) => part !== '');
}

/** `Waiting` is the word of two states. */
const isInState = (word: string): TaskTest => ({ status }) => STATE_WORDS[status].toLowerCase() === word;

function readPart(part: string): TaskTest {
  const [, from, to] = /^(\d+)(?:\.\.(\d+))?$/.exec(part) ?? [];
  if (from !== undefined) return isAt(Number(from), Number(to ?? from), part);
  const [, name, value] = /^([\p{L}_][\p{L}\p{N}_]*)=(.*)$/su.exec(part) ?? [];
  if (name !== undefined && value !== undefined) return hasItem(name, value);
  const words = part.toLowerCase();
  return (row) => [row.task, ...row.items.map(([item, label]) => `${item}=${label}`), row.happened ?? ''].join('\n').toLowerCase().includes(words);
}

/** Its place in the innermost list, its round, or an item that reads so. */
function isAt(from: number, to: number, text: string): TaskTest {
  return ({ task, items, iteration }) => {
    const index = Number(/(\d+)\](?:@\d+)?$/.exec(task)?.[1] ?? iteration ?? NaN);
    return (index >= from && index <= to) || items.some(([, label]) => label === text);
  };
}

/** Labels of strings are quoted; people need not. `*` stands for anything. */
function hasItem(name: string, value: string): TaskTest {
  const pattern = value.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  const test = new RegExp(`^(?:${pattern}|'${pattern}'|"${pattern}")$`, 's');
  return ({ items }) => items.some(([item, label]) => item === name && test.test(label));
}
