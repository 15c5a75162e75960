// The last runs of a flow as bars, above their list.

import type { ReactNode } from 'react';
import type { RunRow } from '@headwater/protocol';
import { t } from '../words/translate.ts';
import { historyOf, MOST_BARS, TALLEST } from './history.ts';

const BAR = 4;
const STEP = 6;
/** Above the bars, for the cross of one that failed. */
const CROSS = 8;
const HEIGHT = TALLEST + CROSS;

export function HistoryStrip({ rows, now }: { readonly rows: readonly RunRow[]; readonly now: number }): ReactNode {
  const history = historyOf(rows, now);
  if (history === null) return null;
  return (
    <div className="hw-strip">
      <svg width={MOST_BARS * STEP} height={HEIGHT} role="img" aria-label={history.says}>
        {history.bars.map(({ run, status, height, says }, at) => (
          <g key={run} className={`hw-past-${status}`}>
            <title>{says}</title>
            <rect x={at * STEP + 0.5} y={HEIGHT - height + 0.5} width={BAR - 1} height={height - 1} />
            {status === 'failed' && <path d={`M${at * STEP} ${HEIGHT - height - 6}l4 4m0-4l-4 4`} />}
          </g>
        ))}
      </svg>
      <span>{t('Last {n} runs', { n: history.bars.length })}{history.median !== null && <><br />{t('median {time}', { time: history.median })}</>}</span>
    </div>
  );
}
