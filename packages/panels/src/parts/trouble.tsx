// What went wrong with the service or a request, in the place where the answer would have been.

import type { ReactNode } from 'react';
import type { Problem } from '@headwater/protocol';
import { useHost, useLinkState, useNow } from '../context.tsx';
import { t } from '../words/translate.ts';
import { Banner, Button } from './controls.tsx';

/** The command in a hint, between backticks. */
const COMMAND = /`(?<command>(?:pip|headwater|npm|jupyter) [^`]+)`/;

export function Trouble({ problem, more }: { readonly problem: Problem; readonly more?: ReactNode }): ReactNode {
  const host = useHost();
  const command = COMMAND.exec(problem.hint ?? '')?.groups?.['command'];
  const copy = command === undefined ? undefined : <Button label={t('Copy command')} icon="copy" small onClick={() => host.copy(command)} />;
  const actions = copy === undefined ? more : <>{copy}{more}</>;
  return <Banner tone="failed" icon="failed" title={problem.sentence} actions={actions}>{problem.hint}</Banner>;
}

/** Nothing while the service is there. */
export function LinkBanner(): ReactNode {
  const state = useLinkState();
  const { backend } = useHost();
  const now = useNow();
  if (state.kind === 'failed') return <Trouble problem={state.problem} />;
  if (state.kind !== 'lost') return null;
  const retry = <Button label={t('Retry now')} small onClick={() => backend.retry()} />;
  if (state.problem !== null) return <Trouble problem={state.problem} more={retry} />;
  const next = Math.max(0, Math.ceil((state.next - now) / 1000));
  return (
    <Banner tone="warn" icon="plug" title={t('Reconnecting…')} actions={retry}>
      {t('try {n}, next in {s} s. Runs go on without the editor.', { n: state.tries, s: next })}
    </Banner>
  );
}
