// Around a panel: when its own code fails, React takes all of it away. What stands in its place says so, and what helps.

import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useHost } from '../context.tsx';
import { t } from '../words/translate.ts';
import { Banner, Button } from './controls.tsx';
import { traceOf } from './fault-trace.ts';
import { Root } from './root.tsx';

interface Fault {
  readonly error: unknown;
  /** The components it happened in, once React has said them. */
  readonly components: string;
}

export class FaultBoundary extends Component<{ readonly children: ReactNode }, { readonly fault: Fault | null }> {
  override readonly state: { readonly fault: Fault | null } = { fault: null };

  static getDerivedStateFromError(error: unknown): { readonly fault: Fault } {
    return { fault: { error, components: '' } };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ fault: { error, components: componentStack ?? '' } });
  }

  override render(): ReactNode {
    const { fault } = this.state;
    return fault === null ? this.props.children : <Failed fault={fault} again={() => this.setState({ fault: null })} />;
  }
}

function Failed({ fault: { error, components }, again }: { readonly fault: Fault; readonly again: () => void }): ReactNode {
  const host = useHost();
  const actions = (
    <>
      <Button label={t('Retry now')} small onClick={again} />
      <Button label={t('Copy support bundle')} icon="copy" small onClick={() => host.copySupport(traceOf(error, components))} />
    </>
  );
  return (
    <Root className="hw-panel" label={t('Headwater')}>
      <h1 className="hw-sr">{t('Headwater')}</h1>
      <Banner tone="failed" icon="failed" title={t('Headwater could not draw this.')} actions={actions} urgent>{t('The mistake is ours. Your notebook and your runs are as they were.')}</Banner>
    </Root>
  );
}
