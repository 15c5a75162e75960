// The list of runs in a real browser, without an editor around it: the panel as it is, its questions passed on to the service.

import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Link } from '../../packages/panels/src/client/link.ts';
import { ROOT } from '../places.ts';

export const CHROMIUM = '/usr/bin/chromium';

const PAGE = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { HostProvider, RunList } from '@headwater/panels';

const nothing = () => () => undefined;
const state = { kind: 'open' };
const hostOf = (call) => ({ kind: 'jupyterlab', backend: { call, on: nothing, watch: nothing, onState: nothing, state, retry: nothing }, notebook: null, onNotebook: nothing });
const mount = (call) => {
  const root = createRoot(document.getElementById('root'));
  root.render(createElement(HostProvider, { value: hostOf(call) }, createElement(RunList)));
  return root;
};
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** An editor's page is long awake when somebody clicks: the code has run before, on a list without a service. */
window.warm_ = async () => {
  const row = (number) => ({ run: 'f/' + number, flow: 'f', number, notebook: '', status: 'done', started: 0, ended: 1, by: '', parameters: {}, tags: [], resumes: null, count: { done: 1, failed: 0, total: 1 }, failed: null, inside: null });
  const page = { rows: Array.from({ length: 60 }, (_, at) => row(60 - at)), next: null, total: 60, counts: { running: 0, failed: 0, tagged: 0 }, flows: ['f'], complaint: null };
  for (let time = 0; time < 3; time += 1) {
    const root = mount((method) => Promise.resolve(method === 'store' ? { store: '', problem: null } : page));
    for (let at = 0; at < 20; at += 1) await frame();
    root.unmount();
  }
};

/** From the click to the frame in which rows are seen. */
window.open_ = () => new Promise((resolve) => {
  const began = performance.now();
  const observer = new MutationObserver(() => {
    if (document.querySelector('.hw-row') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - began));
  });
  observer.observe(document.body, { childList: true, subtree: true });
  mount((method, params) => window.ask(method, params));
});

/** Behind what React has put off. */
const settled = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  port2.postMessage(null);
});

/**
 * How long each frame keeps the page busy while somebody scrolls as fast as a wheel goes: from the frame's beginning, by the browser's own clock, until
 * the rows that came into sight stand there, laid out. From frame to frame would measure the screen: 16.7 ms and the jitter of its clock.
 */
window.scroll_ = async (frames, by) => {
  const list = document.querySelector('.hw-windowed');
  const took = [];
  for (let at = 0; at < frames; at += 1) {
    list.scrollTop += by;
    const began = await frame();
    await settled();
    list.getBoundingClientRect();
    took.push(performance.now() - began);
  }
  return took;
};
`;

export interface Seen {
  readonly firstMs: number;
  /** Downwards, while further pages are read; and back up. */
  readonly frames: readonly number[];
  readonly back: readonly number[];
  readonly nodes: number;
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-frame-rate-limit', '--disable-gpu-vsync'] });
}

export async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({ stdin: { contents: PAGE, resolveDir: `${ROOT}/extension-jupyter` }, bundle: true, write: false, format: 'iife', jsx: 'automatic', conditions: ['@headwater/source'], define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'error' });
  return outputFiles[0]?.text ?? '';
}

export async function lookAtRuns(browser: Browser, { script, style, link }: { script: string; style: string; link: Link }): Promise<Seen> {
  const page: Page = await browser.newPage({ viewport: { width: 320, height: 900 } });
  await page.exposeFunction('ask', (method: 'runs', params: never) => link.call(method, params));
  await page.setContent(`<style>body{margin:0;height:100vh}#root{height:100%}${style}</style><div id="root"></div>`);
  await page.addScriptTag({ content: script });
  await page.evaluate('window.warm_()');
  const firstMs = await page.evaluate<number>('window.open_()');
  const frames = await page.evaluate<number[]>('window.scroll_(400, 240)');
  const back = await page.evaluate<number[]>('window.scroll_(400, -240)');
  const nodes = await page.evaluate<number>('document.querySelectorAll("*").length');
  await page.close();
  return { firstMs, frames, back, nodes };
}
