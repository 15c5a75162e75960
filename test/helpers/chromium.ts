// The browser of the journeys, and how patient they are.

import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** `scripts/tools.mjs` finds or installs it. */
export const CHROMIUM = process.env['HEADWATER_CHROMIUM'] ?? '/usr/bin/chromium';

/** A machine with much else to do is slow, and no journey measures time. Polls have the same patience: vitest.config.ts. */
export const PATIENCE_MS = 90_000;

/** What was on the screen when a journey failed, and what the server had said, in `.cache/failed`. */
export async function keepFailure(name: string, page: Page, logs: readonly string[]): Promise<void> {
  const folder = path.resolve('.cache/failed', name.replaceAll(/\W+/g, '-').slice(0, 60));
  mkdirSync(folder, { recursive: true });
  for (const log of logs) if (existsSync(log)) copyFileSync(log, path.join(folder, path.basename(log)));
  // A page that was closed by then shows nothing more.
  await page.screenshot({ path: path.join(folder, 'screen.png') }).catch(() => undefined);
}
