// Numbers as people read them; the same words in the terminal and in both editors.

/** 0.3 s, 3.1 s, 41 s, 2 min 58 s, 1 h 04 min */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.round(seconds) % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** What is over in a moment: 9 ms, else as above. */
export function formatWait(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : formatDuration(ms);
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Decimal units: 730 B, 1.2 MB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? ''}`;
}

const two = (n: number) => String(n).padStart(2, '0');

/** The day by the clock of whoever reads it: 2026-11-30 */
export function formatDate(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** 12 min ago for a day, then the date and the time by the clock of whoever reads it. */
export function formatWhen(time: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - time) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  const date = new Date(time);
  return `${formatDate(time)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
