// The values of tags that ask for something: `memory:8G`, `env:KEY=VALUE`, `secret:NAME`.

import { readCores, readSize } from './asks.ts';
import { readGlob } from './globs.ts';
import { packageOf } from './requirements.ts';
import type { AsksTag, TagResult } from './tags.ts';

/** A name of an environment variable as every shell takes it. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name that no shell and no option parser reads as anything else. */
const CONDA = /^[A-Za-z0-9_][\w.-]*$/;
const IMAGE = /^[A-Za-z0-9][\w.:/@-]*$/;

const FILES = 'files inside the project, relative to the notebook, such as `data/*.csv`';

interface Rule {
  readonly read: (value: string) => AsksTag | null;
  readonly want: string;
}

const RULES: Readonly<Record<AsksTag['key'], Rule>> = {
  env: { want: 'NAME=VALUE, such as `env:OMP_NUM_THREADS=4`', read: readVariable },
  secret: { want: 'the name of an environment variable, such as `secret:API_KEY`', read: (value) => (VARIABLE.test(value) ? { key: 'secret', name: value } : null) },
  cpu: { want: 'a number of cores above zero, such as 2 or 0.5', read: (value) => made(readCores(value), (cores) => ({ key: 'cpu', cores })) },
  memory: { want: 'a size such as 8G or 512Mi', read: (value) => made(readSize(value), (bytes) => ({ key: 'memory', bytes })) },
  disk: { want: 'a size such as 50G', read: (value) => made(readSize(value), (bytes) => ({ key: 'disk', bytes })) },
  gpu: { want: 'a whole number from 1 up', read: (value) => (/^[1-9]\d{0,2}$/.test(value) ? { key: 'gpu', count: Number(value) } : null) },
  reads: { want: FILES, read: (value) => made(readGlob(value), (glob) => ({ key: 'reads', glob })) },
  writes: { want: FILES, read: (value) => made(readGlob(value), (glob) => ({ key: 'writes', glob })) },
  pip: { want: 'a requirement, such as `pip:pandas==2.2.3`', read: (value) => (packageOf(value) === null ? null : { key: 'pip', requirement: value.trim() }) },
  conda: { want: 'the name of a conda environment', read: (value) => (CONDA.test(value) ? { key: 'conda', name: value } : null) },
  image: { want: 'the reference of an image, such as `image:python:3.12-slim`', read: (value) => (IMAGE.test(value) ? { key: 'image', reference: value } : null) },
  limit: { want: 'RESOURCE:VALUE, such as `limit:memory:8G`', read: readLimit },
};

export function readAsksTag(key: string, value: string): TagResult {
  const rule = RULES[key as AsksTag['key']];
  const tag = rule.read(value);
  return tag === null ? { kind: 'bad-value', key, value, want: rule.want } : { kind: 'tag', tag };
}

function made<T>(value: T | null, make: (value: T) => AsksTag): AsksTag | null {
  return value === null ? null : make(value);
}

function readVariable(text: string): AsksTag | null {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(0, at));
  return VARIABLE.test(name) && !text.includes('\0') ? { key: 'env', name, value: text.slice(at + 1) } : null;
}

function readLimit(text: string): AsksTag | null {
  const at = text.lastIndexOf(':');
  const [resource, value] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (resource === '' || value === '' || (resource === 'memory' && readSize(value) === null) || (resource === 'cpu' && readCores(value) === null)) return null;
  return { key: 'limit', resource, value };
}
