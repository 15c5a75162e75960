// Text made safe for a page, and what a cell showed as markup. Nothing of it acts: HTML stands in a frame without rights, SVG is a picture. Pure.

import MarkdownIt from 'markdown-it';
import { stripVTControlCharacters } from 'node:util';

export const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const markdown = new MarkdownIt({ html: false, linkify: false });

export const prose = (text: string): string => markdown.render(text);

type Bundle = Readonly<Record<string, unknown>>;

/** An output as nbformat holds it. */
export function drawOutput(output: Bundle): string {
  switch (output['output_type']) {
    case 'stream':
      return `<pre class="${output['name'] === 'stderr' ? 'stderr' : 'stdout'}">${plain(output['text'])}</pre>`;
    case 'error':
      return `<pre class="error">${plain(Array.isArray(output['traceback']) ? output['traceback'].join('\n') : '')}</pre>`;
    default:
      return drawBundle(isBundle(output['data']) ? output['data'] : {});
  }
}

/** The first form it can draw, richest first. */
function drawBundle(data: Bundle): string {
  for (const mime of ['image/png', 'image/jpeg', 'image/gif', 'image/webp']) {
    const picture = joined(data[mime]);
    if (picture !== null) return `<img alt="${escape(joined(data['text/plain']) ?? 'figure')}" src="data:${mime};base64,${escape(picture.replaceAll(/\s/g, ''))}">`;
  }
  const svg = joined(data['image/svg+xml']);
  if (svg !== null) return `<img alt="figure" src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}">`;
  const html = joined(data['text/html']);
  if (html !== null) return frame(html);
  const text = joined(data['text/markdown']);
  if (text !== null) return prose(text);
  return `<pre>${plain(data['text/plain'] ?? `[${Object.keys(data).join(', ')}]`)}</pre>`;
}

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const LOOK = 'body{margin:0;font:13px/20px system-ui,sans-serif;background:#fff;color:#111}table{border-collapse:collapse}td,th{padding:2px 8px;text-align:right;border-bottom:1px solid #ddd}';
const ROW = 25;
const [LOWEST, HIGHEST] = [60, 480];

/** It cannot say how high it is: as high as its rows or lines. */
function frame(html: string): string {
  const rows = Math.max((html.match(/<tr\b/gi) ?? []).length, (html.match(/<(?:p|li|div|br|h\d)\b/gi) ?? []).length);
  const height = Math.min(HIGHEST, Math.max(LOWEST, (rows + 1) * ROW));
  const page = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>${LOOK}</style>${html}`;
  return `<iframe title="output" sandbox="" loading="lazy" style="height:${height}px" srcdoc="${escape(page)}"></iframe>`;
}

/** Colours of a terminal left out. */
const plain = (value: unknown): string => escape(stripVTControlCharacters(joined(value) ?? ''));

/** nbformat holds text whole or in lines. */
export function joined(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string').join('') : null;
}

const isBundle = (value: unknown): value is Bundle => typeof value === 'object' && value !== null && !Array.isArray(value);
