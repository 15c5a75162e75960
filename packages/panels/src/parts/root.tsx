// The outermost element of a page: the document's main part where the panel has a document of its own, a region where the host has one already.

import type { ReactNode } from 'react';
import { useHost } from '../context.tsx';

export function Root({ className, label, children }: { readonly className: string; readonly label: string; readonly children: ReactNode }): ReactNode {
  const { kind } = useHost();
  const Element = kind === 'vscode' ? 'main' : 'section';
  return <Element className={className} data-host={kind} aria-label={label}>{children}</Element>;
}
