// Load, and what became of it, where the click was.

import { useState, type ReactNode } from 'react';
import { useHost } from '../context.tsx';
import type { ArtifactRef, Loaded } from '../host.ts';
import { Button } from '../parts/controls.tsx';
import { t } from '../words/translate.ts';

export function LoadButton({ artifact, label = t('Load') }: { readonly artifact: ArtifactRef; readonly label?: string }): ReactNode {
  const host = useHost();
  const [state, setState] = useState<Loaded | 'loading' | null>(null);
  const load = () => {
    setState('loading');
    host.load(artifact).then((loaded) => setState(loaded.kind === 'cancelled' ? null : loaded), () => setState(null));
  };
  const loaded = state !== null && state !== 'loading' && state.kind === 'loaded' ? state : null;
  return (
    <span className="hw-loadstate">
      {loaded !== null && <span role="status">{t('Loaded as {name}', { name: loaded.as })}</span>}
      {state !== null && state !== 'loading' && state.kind === 'refused' && <span role="alert" className="hw-complaint">{state.problem.sentence} {state.problem.hint} <Button label={t('Insert load cell')} look="link" small onClick={() => host.insertLoadCell(artifact)} /></span>}
      <Button label={state === 'loading' ? t('Loading…') : loaded === null ? label : t('Load again')} look="link" small disabled={state === 'loading'} onClick={load} />
    </span>
  );
}
