// The side bar: the runs, and below them the steps of the open notebook.

import { useEffect, useState, type ReactNode } from 'react';
import { FaultBoundary, FlowView, RunList } from '@headwater/panels';
import type { Notebooks } from '../notebook/notebooks.ts';

export function Sidebar({ notebooks }: { readonly notebooks: Notebooks }): ReactNode {
  const [, setTurn] = useState(0);
  useEffect(() => {
    const changed = () => setTurn((turn) => turn + 1);
    notebooks.changed.connect(changed);
    return () => void notebooks.changed.disconnect(changed);
  }, [notebooks]);
  return (
    <div className="hw-sidebar">
      <FaultBoundary><RunList /></FaultBoundary>
      <FaultBoundary><FlowView analysis={notebooks.current?.analysis ?? null} activeCell={notebooks.activeCell} /></FaultBoundary>
    </div>
  );
}
