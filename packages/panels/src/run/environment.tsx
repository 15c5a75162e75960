// What a run ran in.

import type { ReactNode } from 'react';
import type { RunView } from '@headwater/protocol';
import { t } from '../words/translate.ts';

export function Environment({ run }: { readonly run: RunView }): ReactNode {
  const { python, why, version, ipython, isolation, platform, engine, git, workers } = run.environment;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('Python'), `${version ?? ''} ${python} (${why})`.trim()], [t('IPython'), ipython ?? t('not there: cells run as plain Python')], [t('Isolation'), isolation], [t('Workers'), workers === null ? null : String(workers)],
    [t('Platform'), platform], [t('Headwater'), engine], [t('Commit'), git === null ? null : `${git.commit.slice(0, 12)}${git.dirty ? ` ${t('with changes')}` : ''}`], [t('Notebook'), run.notebook], [t('Started by'), run.by],
  ];
  return <dl className="hw-facts hw-pad">{facts.filter(([, value]) => value !== null).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}
