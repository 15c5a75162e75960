// The token: in a file that only this user can read, never on a command line, in an environment variable or in a log.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '@headwater/protocol';

const BYTES = 32;

/** A new folder of mode 0700 with a new token in it. */
export function makePrivateFolder(): { folder: string; tokenFile: string } {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  const base = runtime !== undefined && isPrivate(runtime) ? runtime : os.tmpdir();
  const folder = mkdtempSync(path.join(base, 'headwater-'));
  const tokenFile = path.join(folder, 'token');
  writeFileSync(tokenFile, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return { folder, tokenFile };
}

/** Throws UserError for a file that others could have read or written. */
export function readToken(file: string): string {
  if (!isPrivate(file)) throw new UserError('token-exposed', `The token file ${file} is not this user's alone.`, 'Make it with mode 0600.');
  const token = readFileSync(file, 'utf8').trim();
  if (token.length < BYTES) throw new UserError('token-short', `The token in ${file} is too short.`, `It must have at least ${BYTES} characters.`);
  return token;
}

/** Throws UserError when other users could reach a socket in this folder. */
export function requirePrivate(folder: string): void {
  if (!isPrivate(folder)) throw new UserError('socket-exposed', `The folder ${folder} is not this user's alone.`, 'Put the socket into a folder of mode 0700.');
}

function isPrivate(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  // Windows keeps a user's files apart by other means than a mode.
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0);
}
