// The report of a run: a page in a frame without rights, to look at and to save as one file.

import { useEffect, useState, type ReactNode } from 'react';
import { CallError, type Backend } from '../client/backend.ts';
import { useHost, useLinkState } from '../context.tsx';
import { Button } from '../parts/controls.tsx';
import { Root } from '../parts/root.tsx';
import { LinkBanner, Trouble } from '../parts/trouble.tsx';
import { t } from '../words/translate.ts';

export function Report({ store, run }: { readonly store: string; readonly run: string }): ReactNode {
  const host = useHost();
  const link = useLinkState();
  const { backend } = host;
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<CallError | null>(null);
  useEffect(() => {
    if (link.kind !== 'open') return undefined;
    let current = true;
    readReport(backend, store, run).then(
      (whole) => { if (current) setText(whole); },
      (error: unknown) => { if (current) setProblem(error instanceof CallError ? error : null); },
    );
    return () => { current = false; };
  }, [backend, store, run, link.kind]);
  return (
    <Root className="hw-panel hw-report" label={t('Report of {run}', { run })}>
      <LinkBanner />
      <div className="hw-line hw-tools">
        <h1>{t('Report of {run}', { run })}</h1><span className="hw-grow" />
        <Button label={t('Open run')} look="link" onClick={() => host.openRun(store, run)} />
        {host.saveFile !== undefined && <Button label={t('Save as')} icon="load" disabled={text === null} onClick={() => host.saveFile?.(`${run.replaceAll('/', '-')}.html`, text ?? '')} />}
      </div>
      {problem !== null && <Trouble problem={problem} />}
      {text === null ? problem === null && <p className="hw-empty" role="status">{t('Loading…')}</p> : <iframe className="hw-grow" title={t('Report of {run}', { run })} sandbox="" srcDoc={text} />}
    </Root>
  );
}

async function readReport(backend: Backend, store: string, run: string): Promise<string> {
  let text = '';
  for (let offset: number | null = 0; offset !== null;) {
    const part: { text: string; next: number | null } = await backend.call('report', { store, run, offset });
    text += part.text;
    offset = part.next;
  }
  return text;
}
