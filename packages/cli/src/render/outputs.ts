// What a cell showed, as text for a terminal.

import { stripVTControlCharacters } from 'node:util';
import type { Output } from '@headwater/protocol';

export function outputText(output: Output): string {
  switch (output.k) {
    case 'stream':
      return output.text;
    case 'display':
    case 'result':
    case 'update':
      return `${bundleText(output.data)}\n`;
    case 'clear':
      return '';
    case 'error':
      return `${stripVTControlCharacters(output.traceback.join('\n'))}\n`;
  }
}

function bundleText(data: Readonly<Record<string, unknown>>): string {
  if ('image/png' in data || 'image/svg+xml' in data || 'image/jpeg' in data) return '[figure]';
  const text = data['text/plain'];
  return typeof text === 'string' ? text : Array.isArray(text) ? text.join('') : `[${Object.keys(data).join(', ')}]`;
}
