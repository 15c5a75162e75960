// `headwater serve`: the service for editors, until its parent goes or it is told to.

import path from 'node:path';
import { UserError } from '@headwater/protocol';
import { serve as start } from '@headwater/service';
import { runProcess } from '../early.ts';
import type { GlobalOptions } from '../verbs.ts';

/** How often it looks whether whoever started it still lives: a killed Jupyter server tells nobody. */
const LOOK_MS = 1000;
/** 128 + SIGTERM. An exit code of 0 would keep a supervising proxy from ever starting the service again. */
const TERMINATED = 143;

export async function serve(_: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const roots = (options['root'] as string[]).map((root) => path.resolve(root));
  const service = await start({
    roots: roots.length === 0 ? [process.cwd()] : roots,
    store: shared.store ?? process.env['HEADWATER_STORE'] ?? null,
    python: shared.python ?? null,
    socket: textOf(options['socket']),
    port: readPort(options['port']),
    tokenFile: textOf(options['tokenFile']),
    readOnly: options['readOnly'] === true,
    runProcess: runProcess(),
  });
  const end = untilEnd();
  process.stdout.write(`${JSON.stringify(service.listening)}\n`);
  await end;
  await service.close();
  process.exit(TERMINATED);
}

function untilEnd(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve());
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, LOOK_MS);
  });
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

function readPort(value: unknown): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UserError('bad-value', `\`--port ${String(value)}\` is not a port.`, '0 takes any free one.');
}
