// What both editors take: the connection to the service, and the panels.
export { ActiveRuns, type ActiveRun } from './acts/active-runs.ts';
export { renamedIn, roleIn, stepIn, withoutOurs, withRole } from './acts/cell-tags.ts';
export { copySupport, type SupportParts } from './acts/copy-support.ts';
export { choicesOf, lastValuesOf, runCommand, type Action, type Desk, type LiveKernel, type NameChoice, type Queued, type Reply, type Tone, type WorkNotebook } from './acts/desk.ts';
export { askThrough, kernelDied, NO_ANSWER } from './acts/kernel-ask.ts';
export { EndNotices } from './acts/end-notices.ts';
export { HostActs, type ActParts } from './acts/host-acts.ts';
export { Listeners } from './acts/listeners.ts';
export { Loader } from './acts/loader.ts';
export { notebookText, type JsonCell } from './acts/notebook-text.ts';
export { NotebookWatch } from './acts/notebook-watch.ts';
export { Runner } from './acts/runner.ts';
export { allProperties, complaintAbout, draftOf, OFFERED, propertyGroups, shownValue, tagsFrom, valuesOf, withValues, type Draft, type Property } from './acts/step-properties.ts';
export { CallError, type Backend, type LinkState } from './client/backend.ts';
export { Link, type Dial } from './client/link.ts';
export { connect, type OpenSocket } from './client/socket.ts';
export { HostProvider } from './context.tsx';
export { badgeFor, namedSteps, predecessors, standingOf, stateOf, type Badge } from './flow/badge.ts';
export { FlowView } from './flow/flow-view.tsx';
export { type ArtifactRef, type Host, type Loaded, type OpenNotebook, type OpenRunOptions } from './host.ts';
export { PageContent, pageTitle, type PageArgs } from './page/page.tsx';
export { FaultBoundary } from './parts/fault-boundary.tsx';
export { PlainButton, setKit, type ButtonProps, type Kit } from './parts/controls.tsx';
export { wordOf, type Shown } from './words/state-word.ts';
export { describeCounts, lastedMs } from './run/describe-step.ts';
export { comparedWith, detailsOf, progressOf, stepName, tookOf } from './runs/describe-run.ts';
export { EMPTY_LIST, reduceList, type ListState } from './runs/list-state.ts';
export { headlineOf, measurable, type Metrics } from './runs/metrics.ts';
export { EXAMPLE_FILE, exampleText } from './words/example.ts';
export { RunList } from './runs/run-list.tsx';
export { count, setCatalogue, t } from './words/translate.ts';
export {
  bridgeExpression, EXPRESSION_NAME, kernelExpression, loadCell, otherName, readAnswer, type ExpressionReply, type KernelAnswer, type KernelRequest,
} from './client/kernel-request.ts';
