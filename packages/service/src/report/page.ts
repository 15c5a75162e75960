// The page of a report: one file that prints well, loads nothing and runs nothing. Pure.

import { escape } from './markup.ts';

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-src 'self'";

const STYLE = `
:root { color-scheme: light dark; --fg: #1f2328; --muted: #57606a; --line: #d0d7de; --raised: #f6f8fa; --page: #fff; --failed: #cf222e; --done: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6edf3; --muted: #9198a1; --line: #3d444d; --raised: #161b22; --page: #0d1117; --failed: #f85149; --done: #3fb950; } }
body { margin: 0 auto; max-width: 760px; padding: 24px 16px; font: 14px/22px system-ui, sans-serif; color: var(--fg); background: var(--page); }
h1 { font-size: 22px; line-height: 30px; margin: 0; } h2 { font-size: 16px; margin: 28px 0 8px; } h3 { font-size: 14px; margin: 16px 0 4px; }
.muted { color: var(--muted); } .failed { color: var(--failed); } .done { color: var(--done); }
table { border-collapse: collapse; width: 100%; } th, td { padding: 3px 8px; text-align: left; border-bottom: 1px solid var(--line); font-weight: 400; vertical-align: top; } thead th { font-weight: 600; } .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll { overflow-x: auto; } pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0; font: 12px/18px ui-monospace, monospace; } code { font: 12px/18px ui-monospace, monospace; }
pre.error, pre.source, pre.stderr { background: var(--raised); padding: 8px; } pre.error, section.errors { border-left: 3px solid var(--failed); } section.errors { background: var(--raised); padding: 4px 12px; }
img { max-width: 100%; background: #fff; } iframe { width: 100%; border: 1px solid var(--line); background: #fff; } svg { max-width: 100%; height: auto; background: #fff; border-radius: 4px; }
.track { position: relative; height: 14px; background: var(--raised); } .track i { position: absolute; top: 2px; height: 10px; background: var(--done); } .track i.bad { background: var(--failed); }
summary { cursor: pointer; color: var(--muted); } dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
@media print { body { max-width: none; } details:not([open]) { display: none; } section { break-inside: avoid-page; } }
`;

export function makePage(title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body>
${body.filter((part) => part !== '').join('\n')}
</body></html>
`;
}

export const section = (title: string, content: string, kind = ''): string => (content === '' ? '' : `<section class="${kind}"><h2>${escape(title)}</h2>${content}</section>`);

export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

/** Cells are markup already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const kind = (at: number) => (columns[at]?.number === true ? ' class="num"' : '');
  const head = columns.map(({ title }, at) => `<th scope="col"${kind(at)}>${escape(title)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell, at) => `<td${kind(at)}>${cell}</td>`).join('')}</tr>`).join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
