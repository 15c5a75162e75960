// The log of an attempt as nbformat outputs: what would stand under each cell.

import { decodeText, OutputSchema, type Output } from '@headwater/protocol';

/** An output as a notebook file holds it (nbformat 4.5). */
export type CellOutput =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string }
  | { output_type: 'display_data'; data: Record<string, unknown>; metadata: Record<string, unknown> }
  | { output_type: 'execute_result'; execution_count: number | null; data: Record<string, unknown>; metadata: Record<string, unknown> }
  | { output_type: 'error'; ename: string; evalue: string; traceback: string[] };

/** Frames of a log; a damaged line is left out. */
export function parseOutputs(lines: readonly string[]): Output[] {
  return lines.flatMap((line) => {
    try {
      return [decodeText(OutputSchema, line, 'a line of an output log')];
    } catch {
      return [];
    }
  });
}

/** Position of the cell → its outputs. */
export function toCellOutputs(frames: readonly Output[]): Map<number, CellOutput[]> {
  const cells = new Map<number, CellOutput[]>();
  const displays = new Map<string, CellOutput>();
  const clearing = new Set<number>();
  for (const frame of frames) {
    const outputs = cells.get(frame.c) ?? [];
    cells.set(frame.c, outputs);
    if (frame.k === 'clear') {
      if (frame.wait) clearing.add(frame.c);
      else outputs.length = 0;
      continue;
    }
    if (clearing.delete(frame.c)) outputs.length = 0;
    if (frame.k === 'update') replace(displays.get(frame.id), frame);
    else add(outputs, frame, displays);
  }
  return cells;
}

function replace(shown: CellOutput | undefined, frame: Extract<Output, { k: 'update' }>): void {
  if (shown === undefined || !('data' in shown)) return;
  shown.data = frame.data;
  shown.metadata = frame.metadata;
}

function add(outputs: CellOutput[], frame: Exclude<Output, { k: 'clear' | 'update' }>, displays: Map<string, CellOutput>): void {
  switch (frame.k) {
    case 'stream':
      addText(outputs, frame.name, frame.text);
      break;
    case 'display':
    case 'result': {
      const { data, metadata } = frame;
      const output: CellOutput = frame.k === 'display'
        ? { output_type: 'display_data', data, metadata }
        : { output_type: 'execute_result', execution_count: frame.number, data, metadata };
      outputs.push(output);
      if (frame.id !== null) displays.set(frame.id, output);
      break;
    }
    case 'error':
      outputs.push({ output_type: 'error', ename: frame.ename, evalue: frame.evalue, traceback: frame.traceback });
      break;
  }
}

function addText(outputs: CellOutput[], name: 'stdout' | 'stderr', text: string): void {
  const last = outputs.at(-1);
  if (last?.output_type === 'stream' && last.name === name) last.text = overwrite(last.text + text);
  else outputs.push({ output_type: 'stream', name, text: overwrite(text) });
}

/** A carriage return goes back to the start of the line: of a progress bar only the last state stays. */
function overwrite(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n').replace(/[^\n]*\r(?=[^\n])/g, '') : text;
}
