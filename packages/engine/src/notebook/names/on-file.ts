// Files as variables of their own: `file:out/data.csv`.

import type { Call, Place } from '../facts/event.ts';
import { makeValue, type TextPart, type Value } from '../facts/value.ts';
import { actOfMode, fileArguments, isSilent, normalisePath, type FileAct, type FileArgument } from '../knowledge/files.ts';
import { isNativeFile } from '../knowledge/writers.ts';
import type { Simulation } from './simulation.ts';

export const FILE = 'file:';

export function onFileCall(simulation: Simulation, call: Call, absolute: string | null): void {
  for (const argument of fileArguments(absolute, call.method)) {
    const value = argument.at === 'receiver' ? call.receiver : argumentOf(call, argument.at, argument.keyword);
    const text = value === null ? null : simulation.text(value);
    const act = actOf(simulation, call, argument);
    if (act !== 'read' && isNativeFile(absolute)) simulation.findings.writers.add(simulation.cell);
    if (act === 'read' && isSilent(absolute, call.method)) ask(simulation, text);
    if (text !== null) touch(simulation, text, act, call);
  }
}

/** Nothing tells the worker which file it was. */
function ask({ findings, cell }: Simulation, text: string | null): void {
  const path = text === null ? null : normalisePath(text);
  if (text === null) findings.askers.add(cell);
  else if (path !== null) findings.asked.add(path);
}

function actOf(simulation: Simulation, call: Call, argument: FileArgument): FileAct {
  if (argument.act !== 'by-mode') return argument.act;
  const mode = argument.mode === null ? null : argumentOf(call, argument.mode, 'mode');
  return actOfMode(mode === null ? null : simulation.text(mode));
}

export function argumentOf(call: Call, position: number, keyword: string): Value | null {
  return call.args.find((arg) => arg.key === position || arg.key === keyword)?.value ?? null;
}

export function fileEffect(simulation: Simulation, path: readonly TextPart[], act: FileAct, place: Place): void {
  const text = simulation.text(makeValue({ text: path }));
  if (text !== null) touch(simulation, text, act, place);
}

function touch(simulation: Simulation, text: string, act: FileAct, place: Place): void {
  const path = normalisePath(text);
  if (path === null) return;
  const name = FILE + path;
  if (act !== 'write') simulation.read(name, place, true);
  if (act !== 'read') simulation.bind(name, act === 'write' ? 'bind' : 'change', place, act === 'write');
}
