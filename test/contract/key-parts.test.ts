// The same names give the same keys in both languages; the Python half of this test reads the same file.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keyPart } from '@headwater/protocol';

const rows = JSON.parse(readFileSync(new URL('key-parts.json', import.meta.url), 'utf8')) as [string, string][];

it.each(rows)('%s', (name, part) => expect(keyPart(name)).toBe(part));
