// A page of its own, in whichever editor: what it shows, what it is called.

import type { ReactNode } from 'react';
import { Compare } from '../compare/compare.tsx';
import { Report } from '../compare/report.tsx';
import { RunsTable } from '../compare/runs-table.tsx';
import { TableViewer } from '../compare/table-viewer.tsx';
import type { ArtifactRef } from '../host.ts';
import { FaultBoundary } from '../parts/fault-boundary.tsx';
import { RunPage } from '../run/run-page.tsx';
import { t } from '../words/translate.ts';

/** What a page shows: enough to show it again after a reload. */
export type PageArgs =
  | { readonly kind: 'run'; readonly store: string; readonly run: string; readonly step: string | null; readonly stays: boolean }
  | { readonly kind: 'runs'; readonly store: string; readonly flow: string | null }
  | { readonly kind: 'compare'; readonly store: string; readonly runs: readonly string[] }
  | { readonly kind: 'report'; readonly store: string; readonly run: string }
  | { readonly kind: 'table'; readonly artifact: ArtifactRef };

export function pageTitle(args: PageArgs): string {
  switch (args.kind) {
    case 'run':
      return args.run;
    case 'runs':
      return args.flow === null ? t('Runs') : t('Runs: {flow}', { flow: args.flow });
    case 'compare':
      return args.runs.join(' | ');
    case 'report':
      return t('Report of {run}', { run: args.run });
    case 'table':
      return args.artifact.name;
  }
}

/** Another page is drawn whatever became of the last. */
export function PageContent({ page }: { readonly page: PageArgs }): ReactNode {
  return <FaultBoundary key={`${page.kind} ${pageTitle(page)}`}>{contentOf(page)}</FaultBoundary>;
}

function contentOf(page: PageArgs): ReactNode {
  switch (page.kind) {
    case 'run':
      return <RunPage key={`${page.store} ${page.run}`} store={page.store} run={page.run} step={page.step} />;
    case 'runs':
      return <RunsTable store={page.store} flow={page.flow} />;
    case 'compare':
      return <Compare store={page.store} runs={page.runs} />;
    case 'report':
      return <Report key={page.run} store={page.store} run={page.run} />;
    case 'table':
      return <TableViewer artifact={page.artifact} />;
  }
}
