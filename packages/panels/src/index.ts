// What both editors take: the connection to the service, and the panels.
export { CallError, type Backend, type LinkState } from './client/backend.ts';
export { Link, type Dial } from './client/link.ts';
export { Compare } from './compare/compare.tsx';
export { RunsTable } from './compare/runs-table.tsx';
export { Report } from './compare/report.tsx';
export { TableViewer } from './compare/table-viewer.tsx';
export { HostProvider } from './context.tsx';
export { badgeFor, describeStale, namedSteps, predecessors, stateOf, type Badge } from './flow/badge.ts';
export { FlowView } from './flow/flow-view.tsx';
export { type ArtifactRef, type Host, type Loaded, type OpenNotebook, type OpenRunOptions } from './host.ts';
export { setKit, type ButtonProps, type Kit } from './parts/controls.tsx';
export { wordOf, type Shown } from './parts/icon.tsx';
export { RunPage, type RunPageProps } from './run/run-page.tsx';
export { comparedWith, detailsOf, progressOf, tookOf } from './runs/describe-run.ts';
export { RunList } from './runs/run-list.tsx';
export { count, setCatalogue, t } from './words/translate.ts';
export {
  bridgeExpression, EXPRESSION_NAME, kernelExpression, loadCell, otherName, readAnswer, type ExpressionReply, type KernelAnswer, type KernelRequest,
} from './client/kernel-request.ts';
