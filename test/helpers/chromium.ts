// The browser of the journeys; `scripts/tools.mjs` finds or installs it.

export const CHROMIUM = process.env['HEADWATER_CHROMIUM'] ?? '/usr/bin/chromium';
