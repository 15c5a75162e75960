// Files between steps that do not share a disk. A pod that reads what another wrote would see it as it was before the run, or not at all.

import { matchesGlob, type Failure, type PlannedStep } from '@headwater/protocol';
import { engineFailure } from './conditions.ts';
import type { Attempt, RunState, StepState } from './state.ts';

export function noteWritten(written: RunState['written'], { plan, current }: StepState): RunState['written'] {
  const files = Object.keys(current?.report?.files.written ?? {}).filter((file) => !file.endsWith('/'));
  if (current === null || files.length === 0) return written;
  return new Map([...written, ...files.map((file) => [file, { plan, process: current.process }] as const)]);
}

/** Why what the attempt read was not what Run All would have shown it; null when it was. */
export function findApart(written: RunState['written'], { plan }: StepState, { report, process }: Attempt): Failure | null {
  if (written.size === 0 || report === null) return null;
  for (const read of Object.keys(report.files.read)) {
    for (const file of filesAt(written, read)) {
      const writer = written.get(file);
      if (writer === undefined || writer.process === process || sharesDisk(writer.plan, plan) || isHandedOn(file, writer.plan, plan)) continue;
      return engineFailure('FileElsewhere', `${plan.name} read ${file}, which ${writer.plan.name} wrote on a disk of its own${placeOf(writer.plan)}. Tag them \`writes:${file}\` and \`reads:${file}\`, or pass it on as a variable.`);
    }
  }
  return null;
}

/** A folder that was listed stands for the files in it. */
function filesAt(written: RunState['written'], read: string): string[] {
  if (!read.endsWith('/')) return [read];
  return [...written.keys()].filter((file) => `${file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.'}/` === read);
}

const sharesDisk = (writer: PlannedStep, reader: PlannedStep) => writer.where === 'local' && reader.where === 'local';

const isHandedOn = (file: string, writer: PlannedStep, reader: PlannedStep) =>
  writer.asks.writes.some((glob) => matchesGlob(glob, file)) && reader.asks.reads.some((glob) => matchesGlob(glob, file));

const placeOf = ({ where }: PlannedStep) => ({ local: ', here', kubernetes: ', in a pod', batch: ', in a job' })[where];
