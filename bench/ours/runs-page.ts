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
const backend = { call: (method, params) => window.ask(method, params), on: nothing, watch: nothing, onState: nothing, state: { kind: 'open' }, retry: nothing };
const host = { kind: 'jupyterlab', backend, notebook: null, onNotebook: nothing };
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** From the click to the frame in which rows are seen. */
window.open_ = () => new Promise((resolve) => {
  const began = performance.now();
  const observer = new MutationObserver(() => {
    if (document.querySelector('.hw-row') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - began));
  });
  observer.observe(document.body, { childList: true, subtree: true });
  createRoot(document.getElementById('root')).render(createElement(HostProvider, { value: host }, createElement(RunList)));
});

/** What each frame took while somebody scrolls as fast as a wheel goes; the frames of an open page come as fast as they can. */
window.scroll_ = async (frames) => {
  const list = document.querySelector('.hw-windowed');
  const took = [];
  for (let at = 0; at < frames; at += 1) {
    const began = performance.now();
    list.scrollTop += 240;
    await frame();
    took.push(performance.now() - began);
  }
  return took;
};
`;

export interface Seen {
  readonly firstMs: number;
  readonly frames: readonly number[];
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
  const firstMs = await page.evaluate<number>('window.open_()');
  const frames = await page.evaluate<number[]>('window.scroll_(400)');
  const nodes = await page.evaluate<number>('document.querySelectorAll("*").length');
  await page.close();
  return { firstMs, frames, nodes };
}
