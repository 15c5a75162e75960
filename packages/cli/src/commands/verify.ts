// `headwater verify`: whether every value and every run of the store is what was stored.

import { formatBytes } from '@headwater/protocol';
import { verify as verifyStore } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { openNamedStore } from './find-run.ts';

export async function verify(_: readonly string[], __: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const found = await verifyStore(await openNamedStore(shared));
  const isWhole = found.damages.length === 0;
  if (shared.json === true) process.stdout.write(`${JSON.stringify({ type: 'verify', ...found })}\n`);
  else {
    for (const { sentence } of found.damages) process.stderr.write(`\u2717 ${sentence}\n`);
    process.stdout.write(`${found.runs} runs, ${found.blobs} blobs, ${formatBytes(found.bytes)}: ${isWhole ? 'everything is as it was stored' : `${found.damages.length} damaged`}.\n`);
  }
  return isWhole ? EXIT.done : EXIT.failed;
}
