// What a cell showed. Nothing of it acts: no script runs, HTML is drawn in a frame without rights, SVG as a picture.

import type { ReactNode } from 'react';
import type { Output } from '@headwater/protocol';
import { t } from '../words/translate.ts';
import { foldReturns, readAnsi } from './ansi.ts';

function Text({ text }: { readonly text: string }): ReactNode {
  return <>{readAnsi(foldReturns(text)).map((piece, at) => (piece.className === '' ? piece.text : <span key={at} className={piece.className}>{piece.text}</span>))}</>;
}

export function OutputView({ output }: { readonly output: Output }): ReactNode {
  switch (output.k) {
    case 'stream':
      return <pre className={output.name === 'stderr' ? 'hw-stderr' : ''}>{output.name === 'stderr' && <span className="hw-mark" title={t('error stream')}>!</span>}<Text text={output.text} /></pre>;
    case 'error':
      return <pre className="hw-trace"><Text text={output.traceback.join('\n')} /></pre>;
    case 'clear':
      return null;
    default:
      return <Bundle data={output.data} />;
  }
}

/** The first form it can draw, richest first. */
function Bundle({ data }: { readonly data: Readonly<Record<string, unknown>> }): ReactNode {
  for (const mime of ['image/png', 'image/jpeg', 'image/gif', 'image/webp']) {
    const picture = joined(data[mime]);
    if (picture !== null) return <img className="hw-figure" alt={joined(data['text/plain']) ?? t('figure')} src={`data:${mime};base64,${picture.replaceAll(/\s/g, '')}`} />;
  }
  const svg = joined(data['image/svg+xml']);
  if (svg !== null) return <img className="hw-figure" alt={t('figure')} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} />;
  const html = joined(data['text/html']);
  if (html !== null) return <Html html={html} />;
  return <pre><Text text={joined(data['text/plain']) ?? `[${Object.keys(data).join(', ')}]`} /></pre>;
}

/** `sandbox` without a word gives the frame no rights at all; the policy keeps it from loading anything. */
function Html({ html }: { readonly html: string }): ReactNode {
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  const page = `<meta http-equiv="Content-Security-Policy" content="${policy}"><style>body{margin:0;font:13px/20px system-ui;background:#fff;color:#111}table{border-collapse:collapse}td,th{padding:2px 8px;text-align:right;border-bottom:1px solid #ddd}</style>${html}`;
  return <iframe className="hw-html" title={t('output')} sandbox="" srcDoc={page} />;
}

/** nbformat holds text whole or in lines. */
function joined(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string').join('') : null;
}
