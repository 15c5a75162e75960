// Artifacts from what was written about them: nothing is loaded.

import { formatRunId, isSetupName, parseAttemptKey, parseTask, UserError, type Artifact, type ArtifactRow, type Params, type PreviewView, type TaskStatus } from '@headwater/protocol';
import { readManifest, tasksOf, type StepState } from '@headwater/engine';
import type { ReadRun } from '../runs/read-run.ts';
import { summarisePreview } from '../runs/summarise-preview.ts';
import { findRun, type Context } from './context.ts';
import { manifestOf, requireStep, requireTask } from './task.ts';

export async function artifacts(context: Context, params: Params<'artifacts'>): Promise<readonly ArtifactRow[]> {
  const found = await findRun(context, params);
  const all = params.task === null ? null : readAll(params.task);
  if (all !== null) return rowsOfAll(found, all);
  if (params.task !== null) return rowsOfAttempt(found, requireTask(found, params.task).attempt, null);
  const { state } = found.folded;
  // What branches made is theirs; a join binds what goes on.
  const attempts = state.steps.flatMap((step, position) => ((state.chains[position] ?? []).length > 0 || step.current === null ? [] : [...step.past, step.current].map(({ id }) => ({ id, step }))));
  const perAttempt = await Promise.all(attempts.map(({ id, step }) => rowsOfAttempt(found, id, { names: state.world.names, step }).catch(() => [])));
  const rows = new Map<string, ArtifactRow>();
  // Each name from the step that changed it last; what a failed step had made is shown too, as it can be loaded.
  for (const row of perAttempt.flat()) rows.set(row.name, row);
  return [...rows.values()];
}

/** The step of which all tasks are meant, or null: `train[*]` is `train`. */
const readAll = (task: string) => (task.endsWith('[*]') ? task.slice(0, -3) : null);

/** What the tasks of a foreach made, name by name as a list: the first that came to its end tells the names. */
async function rowsOfAll(found: ReadRun, name: string): Promise<readonly ArtifactRow[]> {
  const { position } = requireStep(found, name);
  const ended = [...tasksOf(found.folded.state, position)].filter(({ status }) => ENDED.has(status));
  const [first] = ended;
  if (first === undefined) return [];
  const rows = await rowsOfAttempt(found, first.attempt, null);
  return rows.filter(({ tombstone }) => tombstone === null).map((row) => ({
    ...row, path: pathOf(found, `${name}[*]`, row.name), type: 'list', kind: 'list', size: row.size * ended.length, thumbnail: null, summary: `${ended.length} × ${row.type.split('.').at(-1) ?? row.type}`,
  }));
}

const ENDED: ReadonlySet<string> = new Set<TaskStatus>(['done', 'reused', 'caught']);

/** The names at the end of a run, of which a step's last attempts are asked for. */
interface Final {
  readonly names: Readonly<Record<string, readonly [string, string]>>;
  readonly step: StepState;
}

async function rowsOfAttempt(found: ReadRun, attempt: string | null, final: Final | null): Promise<ArtifactRow[]> {
  const manifest = await manifestOf(found, attempt);
  if (manifest === null) return [];
  const { task } = parseAttemptKey(manifest.attempt);
  const step = stepOf(task);
  const isShown = (name: string) => !name.startsWith('%') && !isPlumbing(step, manifest.artifacts[name]) && (final === null || isLast(final, name, manifest.attempt));
  const stored = Object.entries(manifest.artifacts).filter(([name]) => isShown(name)).map(([name, artifact]) => toRow(found, { name, attempt: manifest.attempt, artifact }));
  const lost = Object.entries(manifest.delta.tombstones).filter(([name]) => final === null || !Object.hasOwn(final.names, name)).map(([name, { type, reason }]): ArtifactRow => ({
    name, step, attempt: manifest.attempt, path: pathOf(found, task, name), type, size: 0, digest: '', summary: '', kind: 'tombstone', thumbnail: null, tombstone: reason,
  }));
  return [...stored, ...lost];
}

const stepOf = (task: string) => parseTask(task)?.step ?? task;

/** Modules and helpers that setup makes are on every list, and nobody looks for them there. */
function isPlumbing(step: string, artifact: Artifact | undefined): boolean {
  const preview: unknown = artifact?.preview;
  const kind = kindOf(preview);
  if (kind === 'class' && moduleOf(preview) !== '__main__') return true;
  return kind === 'module' || (isSetupName(step) && (kind === 'function' || kind === 'class'));
}

const moduleOf = (preview: unknown) => (typeof preview === 'object' && preview !== null && 'module' in preview ? preview.module : null);

function isLast({ names, step }: Final, name: string, attempt: string): boolean {
  const version = Object.hasOwn(names, name) ? names[name]?.[0] : undefined;
  return version === attempt || (step.current?.id === attempt && ((version === undefined && step.status === 'failed') || step.status === 'executed'));
}

const kindOf = (preview: unknown) => (typeof preview === 'object' && preview !== null && 'kind' in preview && typeof preview.kind === 'string' ? preview.kind : 'other');
const pathOf = ({ id }: ReadRun, task: string, name: string) => `${formatRunId(id)}/${task}/${name}`;

function toRow(found: ReadRun, { name, attempt, artifact }: { name: string; attempt: string; artifact: Artifact }): ArtifactRow {
  const { type, size, digest, preview } = artifact;
  const { task } = parseAttemptKey(attempt);
  const { summary, thumbnail } = summarisePreview(preview);
  return { name, step: stepOf(task), attempt, path: pathOf(found, task, name), type, size, digest, summary, kind: kindOf(preview), thumbnail, tombstone: null };
}

export async function preview(context: Context, params: Params<'preview'>): Promise<PreviewView> {
  const found = await findRun(context, params);
  const manifest = await readManifest(found.store, found.id, params.attempt);
  const artifact = manifest !== null && Object.hasOwn(manifest.artifacts, params.name) ? manifest.artifacts[params.name] : undefined;
  if (artifact === undefined) throw new UserError('no-artifact', `${params.run}/${params.attempt} has no \`${params.name}\`.`, null);
  const row = toRow(found, { name: params.name, attempt: params.attempt, artifact });
  const shown = artifact.preview;
  return { artifact: row, preview: typeof shown === 'object' && shown !== null ? shown as Record<string, unknown> : null };
}
