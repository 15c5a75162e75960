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
      {state !== null && state !== 'loading' && state.kind === 'refused' && <Refused artifact={artifact} refused={state} />}
      <Button label={state === 'loading' ? t('Loading…') : loaded === null ? label : t('Load again')} look="link" small disabled={state === 'loading'} onClick={load} />
    </span>
  );
}

function Refused({ artifact, refused: { problem, install } }: { readonly artifact: ArtifactRef; readonly refused: Extract<Loaded, { kind: 'refused' }> }): ReactNode {
  const host = useHost();
  return (
    <span role="alert" className="hw-complaint">
      {problem.sentence} {problem.hint}{' '}
      {install !== null && <Button label={t('Insert install cell')} look="link" small onClick={() => host.insertInstallCell(install)} />}
      <Button label={t('Insert load cell')} look="link" small onClick={() => host.insertLoadCell(artifact)} />
    </span>
  );
}
