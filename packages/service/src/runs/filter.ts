// What is typed above the list of runs: `failed tag:best alpha>0.2 step:fit today words`. Pure.

import type { RunRow } from '@headwater/protocol';

export interface Candidate {
  readonly row: RunRow;
  readonly steps: readonly string[];
}

export type Test = (candidate: Candidate) => boolean;

export interface Filter {
  readonly matches: Test;
  /** The first word that means nothing, in a sentence. */
  readonly complaint: string | null;
}

const STATES = new Set(['running', 'done', 'failed', 'stopped', 'lost']);

export function parseFilter(text: string, now: number): Filter {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const read = words.map((word) => readWord(word, now));
  const tests = read.filter((each) => typeof each !== 'string');
  return { matches: (candidate) => tests.every((test) => test(candidate)), complaint: read.find((each) => typeof each === 'string') ?? null };
}

/** A test, or a sentence that says why the word is none. */
function readWord(word: string, now: number): Test | string {
  const lower = word.toLowerCase();
  if (STATES.has(lower)) return ({ row }) => row.status === lower;
  if (lower === 'today') return ({ row }) => row.started >= new Date(now).setHours(0, 0, 0, 0);
  const [compared, name = '', sign = '', wanted = ''] = /^([^\s!<>=]+)(>=|<=|!=|=|>|<)(.*)$/u.exec(word) ?? [];
  if (compared !== undefined) return compare(name, sign, wanted);
  return readKeyed(word) ?? (({ row }) => textOf(row).includes(lower));
}

/** Null for a word without a key. */
function readKeyed(word: string): Test | string | null {
  const [, key, value = ''] = /^([\w-]+):(.*)$/.exec(word) ?? [];
  if (key === undefined) return null;
  if (!['tag', 'step', 'by', 'run'].includes(key)) return `\`${word}\` is not known: there are tag:, step:, by: and run:.`;
  return value === '' ? `\`${word}\` names nothing: write \`${key}:NAME\`.` : keyed(key, value);
}

function keyed(key: string, value: string): Test {
  switch (key) {
    case 'tag':
      return ({ row }) => row.tags.includes(value);
    case 'step':
      return ({ steps }) => steps.includes(value);
    case 'by':
      return ({ row }) => row.by === value;
    default:
      return ({ row }) => row.run === value || String(row.number) === value;
  }
}

function compare(name: string, sign: string, wanted: string): Test | string {
  if (wanted === '') return `\`${name}${sign}\` compares with nothing: write \`${name}${sign}VALUE\`.`;
  const number = Number(wanted);
  return ({ row }) => {
    const literal = Object.hasOwn(row.parameters, name) ? row.parameters[name] : undefined;
    if (literal === undefined) return false;
    const plain = literal.replace(/^(['"])(.*)\1$/, '$2');
    const order = Number.isNaN(number) || Number.isNaN(Number(plain)) ? plain.localeCompare(wanted) : Number(plain) - number;
    return holds(sign, order);
  };
}

function holds(sign: string, order: number): boolean {
  switch (sign) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '>=':
      return order >= 0;
    default:
      return order <= 0;
  }
}

function textOf(row: RunRow): string {
  return [row.run, row.notebook, row.by, row.tags.join(' '), row.failed?.task ?? '', row.failed?.type ?? '', row.failed?.message ?? ''].join('\n').toLowerCase();
}
