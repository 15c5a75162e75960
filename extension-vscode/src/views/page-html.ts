// The document of a page. Pure.

export interface HtmlParts {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** What the editor calls its own resources. */
  readonly source: string;
  readonly nonce: string;
}

/**
 * Only our script runs. Styles may stand inline, because frames with the HTML of outputs take this policy over: they have no rights but to be drawn.
 */
export function pageHtml({ title, script, style, source, nonce }: HtmlParts): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source} 'unsafe-inline'; font-src ${source}; img-src ${source} data:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${style}">
</head>
<body data-host="vscode"><div id="root"></div><script nonce="${nonce}" type="module" src="${script}"></script></body>
</html>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
