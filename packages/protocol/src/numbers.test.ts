import { afterEach, expect, test, vi } from 'vitest';
import { formatDate, formatWhen } from './numbers.ts';

afterEach(() => void vi.unstubAllEnvs());

// A run of yesterday evening was shown with the time of Greenwich, which in Tokyo is another day.
test('what is older than a day is said by the clock of whoever reads it', () => {
  const time = Date.UTC(2026, 10, 28, 20, 5);
  const later = time + 3 * 86_400_000;
  for (const [zone, date, when] of [['UTC', '2026-11-28', '2026-11-28 20:05'], ['Asia/Tokyo', '2026-11-29', '2026-11-29 05:05']] as const) {
    vi.stubEnv('TZ', zone);
    expect([formatDate(time), formatWhen(time, later)]).toEqual([date, when]);
  }
  expect([formatWhen(time, time + 59_000), formatWhen(time, time + 3_600_000), formatWhen(time, time + 86_399_000)]).toEqual(['59 s ago', '1 h ago', '23 h ago']);
});
