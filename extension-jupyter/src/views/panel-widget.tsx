// A panel of packages/panels as a widget of JupyterLab.

import { ReactWidget } from '@jupyterlab/ui-components';
import type { ReactElement, ReactNode } from 'react';
import { HostProvider, type Host } from '@headwater/panels';

export class PanelWidget extends ReactWidget {
  readonly #host: Host;
  #content: () => ReactNode;

  constructor(host: Host, content: () => ReactNode) {
    super();
    this.#host = host;
    this.#content = content;
    this.addClass('hw-widget');
  }

  show_(content: () => ReactNode): void {
    this.#content = content;
    this.update();
  }

  protected render(): ReactElement {
    return <HostProvider value={this.#host}>{this.#content()}</HostProvider>;
  }
}
