// One run: header and failures first, then tabs over one selection.

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { RunView } from '@headwater/protocol';
import { useAsk, useEvent, useHost } from '../context.tsx';
import { Banner, Button, Tabs, type Tab } from '../parts/controls.tsx';
import { wordOf } from '../words/state-word.ts';
import { Root } from '../parts/root.tsx';
import { useFocusInside } from '../parts/use-focus-inside.ts';
import { LinkBanner, Trouble } from '../parts/trouble.tsx';
import { t } from '../words/translate.ts';
import { Artifacts } from './artifacts.tsx';
import { Code } from './code.tsx';
import { Environment } from './environment.tsx';
import { Graph } from './graph.tsx';
import { FailureBox, Header } from './header.tsx';
import { Inspector } from './inspector.tsx';
import { Logs } from './logs.tsx';
import { failureAfter, findStep, readSelection, stepsOf, type Selection } from './selection.ts';
import { Tasks } from './tasks.tsx';
import { Timeline } from './timeline.tsx';

const TABS = ['graph', 'timeline', 'tasks', 'logs', 'artifacts', 'code', 'environment'] as const;
type TabId = (typeof TABS)[number];

export interface RunPageProps {
  readonly store: string;
  readonly run: string;
  /** The step to begin with. */
  readonly step?: string | null;
  /** Called with every new state: the host shows it in the tab's icon and title. */
  readonly onView?: (run: RunView) => void;
}

export function RunPage({ store, run, step = null, onView }: RunPageProps): ReactNode {
  const host = useHost();
  const asked = useAsk('run', { store, run });
  const [live, setLive] = useState<RunView | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    setLive(null);
    setGone(false);
    return host.backend.watch('watchRun', { store, run });
  }, [host.backend, store, run]);
  useEvent('runChanged', (event) => {
    if (event.store !== store || event.run !== run) return;
    if (event.view === null) setGone(true);
    else setLive(event.view);
  });
  const view = live ?? (asked.answer?.run === run ? asked.answer : null);
  useEffect(() => {
    if (view !== null) onView?.(view);
  }, [view, onView]);
  return (
    <Root className={`hw-panel hw-runpage ${gone ? 'hw-gone' : ''}`} label={t('Run {run}', { run })}>
      <LinkBanner />
      {gone && <Banner tone="warn" icon="ghost" title={t('{run} was deleted.', { run })}>{t('What was shown stays readable until you close it.')}</Banner>}
      {view === null ? asked.problem !== null && <Trouble problem={asked.problem} /> : <Page key={run} store={store} view={view} gone={gone} begin={step} />}
    </Root>
  );
}

function Page({ store, view, gone, begin }: { readonly store: string; readonly view: RunView; readonly gone: boolean; readonly begin: string | null }): ReactNode {
  const host = useHost();
  const page = useRef<HTMLDivElement>(null);
  const [tab, setTab] = useState<TabId>(view.status === 'running' ? 'timeline' : 'graph');
  const [chosenName, setChosenName] = useState<string | null>(begin);
  useEffect(() => setChosenName(begin), [begin]);
  const selection: Selection = { ...readSelection(view, chosenName), select: setChosenName };
  const { step, task } = selection;
  useFocusInside(page, host.kind === 'vscode');
  const chosen = findStep(view, step);
  const onKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.key === ']' ? 1 : event.key === '[' ? -1 : 0;
    if (by !== 0) setTab(TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? 'graph');
    else if (event.key === 'n' || event.key === 'p') setChosenName(failureAfter(view, step, event.key === 'n' ? 1 : -1));
    else if (event.key === 'Escape' && step !== null) setChosenName(task === null ? null : step);
    else if (event.key === '/') page.current?.querySelector<HTMLElement>('[data-filter]')?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div ref={page} onKeyDown={onKey} className="hw-page">
      <Header store={store} run={view} gone={gone} />
      <FailureBox store={store} run={view} select={(failed) => { setChosenName(failed); setTab('logs'); }} />
      <div className="hw-line hw-tabline">
        <Tabs tabs={tabsOf(view)} chosen={tab} choose={setTab} label={t('Run')} />
        <span className="hw-grow" />
        {step !== null && <span className="hw-showing">{t('Showing')} <button type="button" className="hw-chip" onClick={() => setChosenName(task === null ? null : step)} aria-label={t('Show all, not only {step}', { step: task ?? step })}>{task ?? step} ×</button></span>}
      </div>
      <div className="hw-split hw-body" role="tabpanel" tabIndex={-1}>
        <div className="hw-grow hw-scroll"><Content tab={tab} store={store} view={view} selection={selection} /></div>
        {chosen !== null && tab !== 'artifacts' && tab !== 'code' && <Inspector store={store} run={view} step={chosen} selection={selection} listed={tab === 'tasks'} />}
      </div>
      <p className="hw-sr" role="status" aria-live="polite">{view.status === 'running' ? '' : `${view.run} ${wordOf(view.status)}`}</p>
      {step !== null && chosen === null && <Button label={t('Show all')} onClick={() => setChosenName(null)} />}
    </div>
  );
}

interface ContentProps {
  readonly tab: TabId;
  readonly store: string;
  readonly view: RunView;
  readonly selection: Selection;
}

function Content({ tab, store, view, selection }: ContentProps): ReactNode {
  switch (tab) {
    case 'graph':
      return <Graph run={view} selection={selection} />;
    case 'timeline':
      return <Timeline store={store} run={view} selection={selection} />;
    case 'tasks':
      return <Tasks store={store} run={view} selection={selection} />;
    case 'logs':
      return <Logs store={store} run={view} selection={selection} />;
    case 'artifacts':
      return <Artifacts store={store} run={view} selection={selection} />;
    case 'code':
      return <Code store={store} run={view} selection={selection} />;
    case 'environment':
      return <Environment run={view} />;
  }
}

function tabsOf(view: RunView): Tab<TabId>[] {
  const labels: Readonly<Record<TabId, string>> = { graph: t('Graph'), timeline: t('Timeline'), tasks: t('Tasks'), logs: t('Logs'), artifacts: t('Artifacts'), code: t('Code'), environment: t('Environment') };
  return TABS.map((id) => ({ id, label: labels[id], ...(id === 'tasks' ? { count: stepsOf(view).reduce((sum, each) => sum + Math.max(1, each.tasks), 0) } : {}) }));
}
