import { expect, test } from 'vitest';
import { pageHtml } from './page-html.ts';

test('a title is text, and only the script with the nonce runs', () => {
  const html = pageHtml({ title: '<b onload="x">&', script: 's.js', style: 's.css', source: 'vscode:', nonce: 'N' });
  expect(html).toContain('<title>&lt;b onload=&quot;x&quot;&gt;&amp;</title>');
  expect(html).toContain("default-src 'none'; script-src 'nonce-N'; style-src vscode: 'unsafe-inline'; font-src vscode:; img-src vscode: data:");
  expect(html.match(/<script/g)).toHaveLength(1);
});
