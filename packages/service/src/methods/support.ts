// What helps to find a fault: versions and the service's own log, which holds nothing of the person's work.

import os from 'node:os';
import { EDITOR_PROTOCOL } from '@headwater/protocol';
import { ENGINE_VERSION } from '@headwater/engine';
import type { Context } from './context.ts';

const LINES = 400;

export function support(context: Context): Promise<{ text: string }> {
  const facts = [
    `Headwater ${ENGINE_VERSION}, protocol ${EDITOR_PROTOCOL}`,
    `Node ${process.version} on ${process.platform}-${process.arch}, ${os.release()}`,
    `${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 1e9)} GB of memory`,
  ];
  return Promise.resolve({ text: [...facts, '', ...context.log.tail(LINES)].join('\n') });
}
