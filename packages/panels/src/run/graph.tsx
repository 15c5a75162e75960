// The flow of a run, top-down: what depended on what, and how each step ended.

import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { formatDuration, type EdgeView, type RunView, type StepView } from '@headwater/protocol';
import { useHost } from '../context.tsx';
import { CountBar } from '../parts/controls.tsx';
import { StateIcon } from '../parts/icon.tsx';
import { t } from '../words/translate.ts';
import { describeControl, describeNode, lastedMs } from './describe-step.ts';
import { frameRegions } from './frame-regions.ts';
import { layoutGraph, NODE, type Placed } from './layout-graph.ts';
import { stepsOf, type Selection } from './selection.ts';

/** An edge's label: at most two names and as many characters. */
const LONGEST = 28;

export function Graph({ run, selection }: { readonly run: RunView; readonly selection: Selection }): ReactNode {
  const host = useHost();
  const list = useRef<HTMLOListElement>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const steps = stepsOf(run);
  const edges = visibleEdges(run, steps);
  const openers = new Set(steps.flatMap((step) => step.inside));
  const layout = layoutGraph(steps.map((step) => step.name), edges.map(({ from, to, names }) => ({ from, to, label: shorten(names) })), openers);
  if (steps.length === 0) return <p className="hw-empty">{run.status === 'running' ? t('Waiting for a worker') : t('No steps yet. Tag a cell.')}</p>;
  const edgeOf = (from: string, to: string) => edges.find((edge) => edge.from === from && edge.to === to);
  const onKey = (event: KeyboardEvent, node: Placed) => {
    const next = neighbour(layout.nodes, edges, node, event.key);
    if (event.key === 'g') host.goToCell(steps.find((step) => step.name === node.name)?.cells[0] ?? 0);
    else if (next !== null) list.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(next)}"]`)?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div className="hw-graph">
      <div style={{ width: layout.width, height: layout.height, position: 'relative' }}>
        {frameRegions(layout.nodes, steps).map((frame) => <div key={frame.name} className="hw-frame" style={{ left: frame.x, top: frame.y, width: frame.width, height: frame.height }}><span>{titleOf(steps, frame.name)}</span></div>)}
        <svg width={layout.width} height={layout.height} aria-hidden="true">
          <defs><marker id="hw-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0.5L7.5 4L0 7.5z" /></marker></defs>
          {layout.routes.map((route) => {
            const near = looked === route.from || looked === route.to || selection.step === route.from || selection.step === route.to;
            return <path key={`${route.from} ${route.to}`} d={route.path} className={`hw-edge ${edgeOf(route.from, route.to)?.seen === true ? '' : 'hw-unseen'} ${near ? 'hw-near' : ''}`} markerEnd="url(#hw-arrow)" />;
          })}
        </svg>
        {layout.routes.map((route) => {
          const names = edgeOf(route.from, route.to)?.names ?? [];
          return <span key={`${route.from} ${route.to}`} className="hw-edgename" title={names.join(', ')} style={{ left: route.x, top: route.y - 9, maxWidth: route.labelWidth }}>{shorten(names)}</span>;
        })}
        <ol ref={list} aria-label={t('Steps')}>
          {layout.nodes.map((node, at) => {
            const step = steps[at];
            return step === undefined ? null : (
              <li key={node.name} style={{ left: node.x, top: node.y, width: NODE.width, height: NODE.height }}>
                <button type="button" data-step={node.name} className={`hw-node ${step.status === 'not reached' || step.status === 'skipped' ? 'hw-dashed' : ''} ${step.inside.length > 0 && step.tasks > 1 ? 'hw-stack' : ''}`} aria-pressed={selection.step === node.name}
                  tabIndex={(selection.step ?? layout.nodes[0]?.name) === node.name ? 0 : -1}
                  onClick={() => selection.select(node.name)} onDoubleClick={() => host.goToCell(step.cells[0] ?? 0)} onKeyDown={(event) => onKey(event, node)}
                  onFocus={() => setLooked(node.name)} onBlur={() => setLooked(null)} onMouseEnter={() => setLooked(node.name)} onMouseLeave={() => setLooked(null)}>
                  <i className={`hw-bar hw-hue-${(at % 5) + 1}`} />
                  <StateIcon state={step.status} />
                  <b className="hw-clip">{step.name}</b><Time step={step} />
                  <span className="hw-second hw-clip" title={describeNode(step)}>{describeNode(step)}<span className="hw-sr"> {after(step, edges)}</span></span>
                  {step.tasks > 1 && <Counts step={step} />}
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

/** Edges between steps; those of setup blocks are left out, as the blocks are. Names of process state are nobody's variables. */
function visibleEdges(run: RunView, steps: readonly StepView[]): EdgeView[] {
  const names = new Set(steps.map((step) => step.name));
  return run.edges.filter((edge) => names.has(edge.from) && names.has(edge.to)).map((edge) => ({ ...edge, names: edge.names.filter((name) => !name.startsWith('%')).map((name) => name.replace(/^file:/, '')) }));
}

function shorten(names: readonly string[]): string {
  let shown = names.slice(0, 2);
  if (shown.join(', ').length > LONGEST) shown = shown.slice(0, 1);
  const text = shown.join(', ');
  return (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text) + (names.length > shown.length ? ` +${names.length - shown.length}` : '');
}

function Time({ step }: { readonly step: StepView }): ReactNode {
  const lasted = lastedMs(step);
  return <span className="hw-num hw-muted">{lasted === null ? '' : formatDuration(lasted)}</span>;
}

function Counts({ step }: { readonly step: StepView }): ReactNode {
  const { done = 0, reused = 0, caught = 0, failed = 0, running = 0 } = step.counts;
  return <CountBar done={done + reused + caught} failed={failed} running={running} total={step.tasks} />;
}

/** `each lr in rates · 24` */
function titleOf(steps: readonly StepView[], name: string): string {
  const step = steps.find((each) => each.name === name);
  return step === undefined ? name : [describeControl(step)[0] ?? name, ...(step.tasks > 0 ? [String(step.tasks)] : [])].join(' · ');
}

/** What comes before it, for those who do not see the lines. */
function after(step: StepView, edges: readonly EdgeView[]): string {
  const before = edges.filter((edge) => edge.to === step.name).map((edge) => edge.from);
  return before.length === 0 ? '' : t('After {steps}.', { steps: before.join(', ') });
}

/** Down and up along edges, left and right in the rank. */
function neighbour(nodes: readonly Placed[], edges: readonly EdgeView[], node: Placed, key: string): string | null {
  if (key === 'ArrowDown') return edges.find((edge) => edge.from === node.name)?.to ?? null;
  if (key === 'ArrowUp') return edges.findLast((edge) => edge.to === node.name)?.from ?? null;
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  return by === 0 ? null : nodes.find((other) => other.rank === node.rank && other.column === node.column + by)?.name ?? null;
}
