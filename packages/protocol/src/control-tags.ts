// The values of tags that steer a flow: `foreach:lr=rates`, `when:!quick`, `retry:3:oom`, `timeout:20m`.

import type { RetryCause } from './control.ts';
import type { ControlTag, TagResult } from './tags.ts';

/** A Python name, as ASCII text or letters of any script. */
const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;
/** More would hide a step that never works. */
const MOST_RETRIES = 20;
const MOST_ITERATIONS = 100_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

type Reader = (value: string) => ControlTag | null;

interface Rule {
  readonly read: Reader;
  readonly want: string;
}

const RULES: Readonly<Record<ControlTag['key'], Rule>> = {
  foreach: { want: 'ITEM=LIST, two Python names, such as `foreach:lr=rates`', read: (value) => readPair(value, (item, list) => ({ key: 'foreach', item, list })) },
  join: { want: 'ALL=ONE, two Python names, such as `join:scores=score`', read: (value) => readPair(value, (all, one) => ({ key: 'join', all, one })) },
  when: { want: 'NAME, !NAME or NAME=VALUE', read: readWhen },
  until: { want: 'a Python name', read: (value) => (NAME.test(value) ? { key: 'until', name: value } : null) },
  max: { want: `a whole number from 1 to ${MOST_ITERATIONS}`, read: (value) => readCount(value, MOST_ITERATIONS, (count) => ({ key: 'max', count })) },
  retry: { want: `a whole number from 1 to ${MOST_RETRIES}, or one with a cause: \`retry:3:infra\`, \`retry:3:oom\``, read: readRetry },
  'retry-wait': { want: 'a time such as 30s, 5m or 1h', read: (value) => readTime(value, (ms) => ({ key: 'retry-wait', ms })) },
  timeout: { want: 'a time above zero such as 30s, 20m or 2h', read: (value) => readTime(value, (ms) => ({ key: 'timeout', ms })) },
  catch: { want: 'a Python name', read: (value) => (NAME.test(value) ? { key: 'catch', name: value } : null) },
};

export function readControlTag(key: string, value: string): TagResult {
  const rule = RULES[key as ControlTag['key']];
  const tag = rule.read(value);
  return tag === null ? { kind: 'bad-value', key, value, want: rule.want } : { kind: 'tag', tag };
}

function readPair(value: string, make: (left: string, right: string) => ControlTag): ControlTag | null {
  const [left = '', right = '', ...more] = value.split('=');
  return NAME.test(left) && NAME.test(right) && more.length === 0 ? make(left, right) : null;
}

function readWhen(value: string): ControlTag | null {
  const at = value.indexOf('=');
  if (at >= 0) {
    const name = value.slice(0, at);
    return NAME.test(name) ? { key: 'when', condition: { name, negated: false, value: value.slice(at + 1) } } : null;
  }
  const negated = value.startsWith('!');
  const name = negated ? value.slice(1) : value;
  return NAME.test(name) ? { key: 'when', condition: { name, negated, value: null } } : null;
}

function readCount(value: string, most: number, make: (count: number) => ControlTag): ControlTag | null {
  const count = Number(value);
  return /^\d+$/.test(value) && count >= 1 && count <= most ? make(count) : null;
}

function readRetry(value: string): ControlTag | null {
  const [times = '', cause = 'any', ...more] = value.split(':');
  if (more.length > 0 || !['any', 'infra', 'oom'].includes(cause) || value.endsWith(':any')) return null;
  return readCount(times, MOST_RETRIES, (count) => ({ key: 'retry', times: count, cause: cause as RetryCause }));
}

function readTime(value: string, make: (ms: number) => ControlTag): ControlTag | null {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(value) ?? [];
  const ms = Math.round(Number(number) * (UNITS[unit] ?? 1));
  // A timer of the system counts milliseconds in 31 bits.
  return number !== undefined && ms > 0 && ms < 2 ** 31 ? make(ms) : null;
}
