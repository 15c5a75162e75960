// Parameters as a person gives them: `-p name=value`, `-p name=@file`, `-p name=@env:VAR`, a file of them.

import { readFileSync } from 'node:fs';
import { UserError } from '@headwater/protocol';

/** Name → text. A file counts less than what stands on the command line. */
export function readGiven(options: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv): Record<string, string> {
  const file = options['params'];
  return { ...(typeof file === 'string' ? readFile(file) : {}), ...readPairs(options['param'] as string[], env) };
}

export function readPairs(pairs: readonly string[], env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(splitPairs(pairs).map(([name, text]) => [name, readValue(name, text, env)]));
}

export function splitPairs(pairs: readonly string[]): [string, string][] {
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0) throw new UserError('bad-parameter', `\`-p ${pair}\` is not name=value.`, 'For example: -p alpha=0.1');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
}

/** `@@` at the beginning stands for one. */
function readValue(name: string, text: string, env: NodeJS.ProcessEnv): string {
  if (!text.startsWith('@')) return text;
  if (text.startsWith('@@')) return text.slice(1);
  if (text.startsWith('@env:')) {
    const value = env[text.slice(5)];
    if (value === undefined) throw new UserError('bad-parameter', `\`-p ${name}=${text}\`: there is no environment variable ${text.slice(5)}.`, null);
    return value;
  }
  return readText(text.slice(1), `-p ${name}=${text}`).replace(/\r?\n$/, '');
}

function readText(file: string, where: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UserError('bad-parameter', `\`${where}\`: the file ${file} ${code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`}.`, null);
  }
}

/** A JSON object: texts as they are, all else as JSON. */
function readFile(file: string): Record<string, string> {
  const text = readText(file, `--params ${file}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UserError('bad-parameter', `${file} is not a JSON object of parameters.`, 'For example: {"alpha": 0.1, "epochs": 20}');
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, typeof each === 'string' ? each : JSON.stringify(each)]));
}
