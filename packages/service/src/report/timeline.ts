// When each step ran, as bars. Pure.

import { formatDuration, type RunView } from '@headwater/protocol';
import { escape } from './markup.ts';
import { table } from './page.ts';

export function drawTimeline(view: RunView): string {
  const steps = view.steps.filter((step) => step.kind === 'step' && step.began !== null);
  const zero = Math.min(...steps.map(({ began }) => began ?? Infinity));
  const end = Math.max(zero + 1, ...steps.map(({ began, ended }) => ended ?? began ?? 0));
  const part = (time: number) => ((100 * (time - zero)) / (end - zero)).toFixed(2);
  const rows = steps.map(({ name, status, began, ended }) => {
    const [from, to] = [began ?? zero, ended ?? end];
    return [escape(name), `<div class="track"><i class="${status === 'failed' ? 'bad' : ''}" style="left:${part(from)}%;width:max(2px,${(Number(part(to)) - Number(part(from))).toFixed(2)}%)"></i></div>`, formatDuration(to - from)];
  });
  return table([{ title: 'Step' }, { title: `0 to ${formatDuration(steps.length === 0 ? 0 : end - zero)}` }, { title: 'Took', number: true }], rows);
}
