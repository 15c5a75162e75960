// Loaded into a run process before anything else: it is killed right after it has written so many events, whatever the machine does meanwhile.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { openSync, writeSync } = fs;
let left = Number(process.env['HEADWATER_TEST_DIES_AT']);
let log = -1;

fs.openSync = (file, ...rest) => {
  const fd = openSync(file, ...rest);
  if (String(file).endsWith('events.jsonl')) log = fd;
  return fd;
};

fs.writeSync = ((fd: number, text: string) => {
  if (fd !== log) return writeSync(fd, text);
  const lines = text.split('\n').slice(0, -1).slice(0, left);
  writeSync(fd, lines.map((line) => `${line}\n`).join(''));
  left -= lines.length;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  return text.length;
}) as typeof writeSync;

syncBuiltinESMExports();
