// 100,000 runs in a store in S3: how soon the first page of the list is there, for an editor and for the command, with nothing cached.

import path from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { summariesPrefix } from '@headwater/protocol';
import { makePlainClient } from '../../test/helpers/bucket.ts';
import { BUCKET, CREDENTIALS, startS3 } from '../../test/helpers/s3-server.ts';
import type { Bench } from '../bench.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { runCommand } from '../measure/run-command.ts';
import { FLOW, writeManyRuns } from '../ours/many-runs.ts';
import { openService } from '../ours/service.ts';
import { atMost, tellTimes, type Contest, type Row } from '../row.ts';

const RUNS = 100_000;
/** What the list asks for at first. */
const PAGE = 60;
const PREFIX = 'history';

export const s3Runs100000: Row = {
  name: 's3-runs-100000',
  title: 'the first page of a store in S3 with 100,000 runs',
  rounds: 10,
  prepare,
};

async function prepare({ folder, headwater, env: plain, note }: Bench): Promise<Contest> {
  const server = await startS3('versitygw');
  note('versitygw on loopback, the summaries put there as the files in which it keeps objects; a new service each round, nothing cached');
  writeManyRuns(server.folderOf(PREFIX), RUNS);
  const url = server.url(PREFIX);
  const cache = path.join(folder, 'cache');
  const env = { ...plain, ...CREDENTIALS, XDG_CACHE_HOME: cache, XDG_STATE_HOME: path.join(folder, 'state') };
  const program = [process.execPath, path.join(headwater.packed, 'bin/headwater.mjs')];
  const client = makePlainClient(server.endpoint);
  return {
    subjects: [
      {
        name: 'Headwater', role: 'ours', measure: async () => {
          removeFolder(cache);
          const { link, end } = await openService([...program, 'serve', '--root', folder, '--store', url], { cwd: folder, env });
          try {
            const { store } = await link.call('store', { notebook: null });
            const began = performance.now();
            const { rows } = await link.call('runs', { store, flow: null, state: 'all', filter: '', after: null, limit: PAGE });
            const ms = performance.now() - began;
            if (rows[0]?.number !== RUNS || rows.length !== PAGE) throw new Error(`the page has ${rows.length} rows, the first of them ${rows[0]?.run ?? 'none'}`);
            return { 'first page': ms };
          } finally {
            end();
          }
        },
      },
      { name: 'headwater runs', role: 'ours', measure: async () => ({ wall: (await runCommand([...program, 'runs', '--store', url], { cwd: folder, env })).wallMs }) },
      {
        name: 'one listing', role: 'limit', measure: async () => {
          const began = performance.now();
          await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `${PREFIX}/${summariesPrefix(FLOW)}` }));
          return { 'a thousand keys': performance.now() - began };
        },
      },
    ],
    goals: [
      atMost('≤ 1 s to the first page', 1_000, ['Headwater', 'first page']),
      tellTimes('of one listing', ['Headwater', 'first page'], ['one listing', 'a thousand keys']),
    ],
  };
}
