// `headwater doctor`: what is installed, what is missing, and the command that helps.

import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { isUserError } from '@headwater/protocol';
import {
  checkPlace, chooseInterpreter, ENGINE_VERSION, findConda, findContainers, findRepository, findTool, inspectInterpreter, isRemote, locateStore, openStore, type Interpreter, type Place,
} from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { formatBytes } from '../render/numbers.ts';
import { glyphOf } from '../render/states.ts';
import type { GlobalOptions } from '../verbs.ts';
import { parsePlace } from './run.ts';

interface Finding {
  readonly what: string;
  readonly state: 'done' | 'caught' | 'failed';
  readonly sentence: string;
  /** The command that helps, or null. */
  readonly help: string | null;
}

/** 3.9 */
const OLDEST = 309;
const LOW_SPACE_BYTES = 1e9;

export async function doctor(_: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const findings = [
    { what: 'headwater', state: 'done', sentence: `${ENGINE_VERSION} on Node ${process.version}`, help: null } as const,
    ...(await checkPython(shared)),
    ...(await checkEnvironments()),
    ...(await checkStore(shared)),
    ...(await checkElsewhere(parsePlace(options['on']), shared)),
  ];
  for (const finding of findings) {
    if (shared.json === true) process.stdout.write(`${JSON.stringify(finding)}\n`);
    else process.stdout.write(`${glyphOf(finding.state)} ${finding.what}: ${finding.sentence}\n${finding.help === null ? '' : `    ${finding.help}\n`}`);
  }
  return findings.some((finding) => finding.state === 'failed') ? EXIT.failed : EXIT.done;
}

async function checkElsewhere(place: Place | null, shared: GlobalOptions): Promise<Finding[]> {
  if (place === null || place === 'local') return [];
  const store = locateStore({ named: shared.store ?? process.env['HEADWATER_STORE'] ?? null, from: process.cwd() });
  try {
    await checkPlace(place, findRepository(process.cwd()) ?? process.cwd(), store);
    return [{ what: place, state: 'done', sentence: 'it can be reached, and takes what the profile describes', help: null }];
  } catch (error) {
    if (!isUserError(error)) throw error;
    return [{ what: place, state: 'failed', sentence: error.sentence, help: error.hint }];
  }
}

async function checkPython(shared: GlobalOptions): Promise<Finding[]> {
  let interpreter: Interpreter;
  try {
    interpreter = chooseInterpreter({ asked: shared.python ?? null, kernel: null, env: process.env });
  } catch (error) {
    if (!isUserError(error)) throw error;
    return [{ what: 'python', state: 'failed', sentence: error.sentence, help: error.hint }];
  }
  const found = await inspectInterpreter(interpreter.path);
  if (found === null) return [{ what: 'python', state: 'failed', sentence: `${interpreter.path} does not run`, help: 'Name another with --python.' }];
  return [
    describeVersion(interpreter, found['version'] ?? ''),
    ...Object.entries(found).filter(([name]) => name !== 'version').map(([name, has]) => describePackage(interpreter, name, has)),
  ];
}

/** What builds the environments that tags ask for: nothing is wrong where none do. */
async function checkEnvironments(): Promise<Finding[]> {
  const found = { uv: findTool('uv', process.env), conda: findConda(process.env), containers: await findContainers(process.env) };
  return [
    { what: 'uv', state: found.uv === null ? 'caught' : 'done', sentence: found.uv ?? 'not on the path: `pip:` tags need it', help: found.uv === null ? 'pip install uv' : null },
    ...(found.conda === null ? [] : [{ what: 'conda', state: 'done', sentence: found.conda, help: null } as const]),
    ...(found.containers === null ? [] : [{ what: 'containers', state: 'done', sentence: found.containers, help: null } as const]),
  ];
}

function describeVersion(interpreter: Interpreter, version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major * 100 + minor < OLDEST;
  const help = old ? 'Cells need Python 3.9 or newer: name one with --python.' : null;
  return { what: 'python', state: old ? 'failed' : 'done', sentence: `${interpreter.path}, ${version} (${interpreter.why})`, help };
}

function describePackage(interpreter: Interpreter, name: string, version: string | null): Finding {
  if (version !== null) return { what: name, state: 'done', sentence: version, help: null };
  const install = `${interpreter.path} -m pip install ${name.toLowerCase()}`;
  if (name === 'IPython') return { what: name, state: 'caught', sentence: 'not there: cells run as plain Python, without magics and rich output', help: install };
  return { what: name, state: 'done', sentence: 'not there; only notebooks that import it need it', help: null };
}

async function checkStore(shared: GlobalOptions): Promise<Finding[]> {
  const place = locateStore({ named: shared.store ?? process.env['HEADWATER_STORE'] ?? null, from: process.cwd() });
  if (isRemote(place)) return [await describeRemote(place)];
  if (!existsSync(place)) return [describeSpace(path.dirname(place), `none yet; a first run makes ${place}`)];
  try {
    await openStore(place);
    accessSync(place, constants.W_OK);
  } catch (error) {
    const sentence = isUserError(error) ? error.sentence : `${place} can be read but not written`;
    return [{ what: 'store', state: 'failed', sentence, help: isUserError(error) ? error.hint : 'Name another with --store.' }];
  }
  return [describeSpace(place, place)];
}

async function describeRemote(place: string): Promise<Finding> {
  try {
    await openStore(place);
    return { what: 'store', state: 'done', sentence: place, help: null };
  } catch (error) {
    if (!isUserError(error)) throw error;
    if (error.code === 'no-store') return { what: 'store', state: 'done', sentence: `${place} can be reached; a first run makes a store there`, help: null };
    return { what: 'store', state: 'failed', sentence: error.sentence, help: error.hint };
  }
}

function describeSpace(folder: string, sentence: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const low = free < LOW_SPACE_BYTES;
  return { what: 'store', state: low ? 'caught' : 'done', sentence: `${sentence}, ${formatBytes(free)} free`, help: low ? 'Large artifacts may not fit.' : null };
}
