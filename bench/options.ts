// The command line of `npm run bench`.

import { parseArgs } from 'node:util';
import { ROWS } from './rows.ts';

export interface Options {
  readonly rows: readonly string[];
  /** Rounds of every row, or null for each row's own number. */
  readonly rounds: number | null;
  /** Most seconds to wait until the machine is quiet, over all rounds of a row. */
  readonly wait: number;
  readonly peers: boolean;
  readonly keep: boolean;
}

const DEFAULT_WAIT = 60;

const HELP = `npm run bench [-- ROW… --rounds N --wait SECONDS --no-peers --no-keep]

  ROW…            only these: ${Object.keys(ROWS).join(', ')}
  --rounds N      so many rounds of every row
  --wait SECONDS  how long to wait, over all rounds of a row, until the machine is quiet (${DEFAULT_WAIT})
  --no-peers      ours and the machine's limits only
  --no-keep       print only, keep nothing in bench/results`;

/** Null when the options ask for help only. */
export function readOptions(args: readonly string[]): Options | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      rounds: { type: 'string' }, wait: { type: 'string' }, help: { type: 'boolean', short: 'h' },
      peers: { type: 'boolean', default: true }, keep: { type: 'boolean', default: true },
    },
  });
  const unknown = positionals.find((name) => !(name in ROWS));
  if (values.help === true || unknown !== undefined) {
    console.log(unknown === undefined ? HELP : `There is no row ${unknown}.\n\n${HELP}`);
    return null;
  }
  return {
    rows: positionals.length > 0 ? positionals : Object.keys(ROWS),
    rounds: values.rounds === undefined ? null : count(values.rounds),
    wait: values.wait === undefined ? DEFAULT_WAIT : count(values.wait),
    peers: values.peers,
    keep: values.keep,
  };
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${text} is not a whole number`);
  return number;
}
