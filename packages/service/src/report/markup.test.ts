import { expect, test } from 'vitest';
import { drawOutput, prose } from './markup.ts';
import { makePage } from './page.ts';

const display = (data: Record<string, unknown>) => drawOutput({ output_type: 'display_data', data });

test('what a cell showed acts on nothing: HTML in a frame without rights, SVG as a picture, text as text', () => {
  const attack = '<script>alert(1)</script><img src=x onerror=alert(1)>"';
  expect(display({ 'text/html': attack })).toMatch(/^<iframe title="output" sandbox=""[^<>]*srcdoc="[^"<>]*"><\/iframe>$/);
  expect(display({ 'image/svg+xml': `<svg onload="alert(1)">${attack}</svg>` })).toMatch(/^<img alt="figure" src="data:image\/svg\+xml;charset=utf-8,[^"<>]*">$/);
  expect(display({ 'image/png': 'iVBOR"><script>', 'text/plain': '"><script>' })).not.toContain('<script');
  expect(drawOutput({ output_type: 'stream', name: 'stdout', text: ['\u001b[31mred\u001b[0m ', attack] })).toBe(`<pre class="stdout">red &lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;</pre>`);
  expect(display({ 'application/javascript': 'alert(1)' })).toBe('<pre>[application/javascript]</pre>');
  expect(prose(`# Title\n\n${attack} [link](javascript:alert(1))`)).not.toMatch(/<script|<img|href="javascript/);
});

test('a page loads nothing and its title is text', () => {
  const page = makePage('<b>', ['', '<p>x</p>']);
  expect(page).toContain('<title>&lt;b&gt;</title>');
  expect(page).toContain("default-src 'none'");
});
