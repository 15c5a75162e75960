// What a run ran in.

import type { ReactNode } from 'react';
import type { RunView } from '@headwater/protocol';
import { t } from '../words/translate.ts';

export function Environment({ run }: { readonly run: RunView }): ReactNode {
  const { python, why, version, ipython, isolation, platform, engine, git, workers, built = [], since = null } = run.environment;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('Python'), `${version ?? ''} ${python} (${why})`.trim()], [t('IPython'), ipython ?? t('not there: cells run as plain Python')], [t('Isolation'), isolation], [t('Workers'), workers === null ? null : String(workers)],
    [t('Platform'), platform], [t('Headwater'), engine], [t('Commit'), git === null ? null : `${git.commit.slice(0, 12)}${git.dirty ? ` ${t('with changes')}` : ''}`], [t('Notebook'), run.notebook], [t('Started by'), run.by],
    [t('Since the run it goes on from'), since === null || since.length === 0 ? null : since.map(({ name, before, now }) => `${name} ${before ?? '–'} → ${now ?? '–'}`).join(', ')],
    ...built.map(({ steps, why, python: version, packages }): [string, string] => [
      steps === null ? t('Packages') : t('Packages of {steps}', { steps: steps.join(', ') }), `${why} · Python ${version} · ${packages.map(([name, is]) => `${name} ${is}`).join(', ')}`,
    ]),
  ];
  return <dl className="hw-facts hw-pad">{facts.filter(([, value]) => value !== null).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}
