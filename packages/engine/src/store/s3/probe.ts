// Whether a server keeps the one promise everything rests on: of two writers who both ask for "only if it is not there", one wins.

import { randomUUID } from 'node:crypto';
import { UserError } from '@headwater/protocol';
import type { Store } from '../store.ts';

/** A server that looks first and writes later lets both win only now and then: some races in a row find most of them. */
const RACES = 8;

export async function probeClaims(store: Store): Promise<void> {
  const folder = `probe/${randomUUID()}`;
  try {
    const races = await Promise.all(Array.from({ length: RACES }, async (_, race) => {
      const won = await Promise.all(['one', 'two'].map((writer) => store.create(`${folder}/${race}`, writer)));
      // Nor may it let a later writer replace what stands there.
      return won.filter(Boolean).length === 1 && !(await store.create(`${folder}/${race}`, 'late'));
    }));
    if (!races.every(Boolean)) {
      throw new UserError(
        'store-unsafe',
        `The server of ${store.url} lets two writers both win a conditional write (If-None-Match), so two runs could claim one number.`,
        'Amazon S3, MinIO and versitygw 1.8 keep that promise; nothing was written but a probe.',
      );
    }
  } finally {
    await store.delete(folder);
  }
}
