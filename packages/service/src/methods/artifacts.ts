// Artifacts from what was written about them: nothing is loaded.

import { formatRunId, isSetupName, parseAttemptKey, UserError, type Artifact, type ArtifactRow, type Params, type PreviewView } from '@headwater/protocol';
import { readManifest, type StepState } from '@headwater/engine';
import type { ReadRun } from '../runs/read-run.ts';
import { summarisePreview } from '../runs/summarise-preview.ts';
import { findRun, type Context } from './context.ts';
import { manifestOf, requireStep } from './task.ts';

export async function artifacts(context: Context, params: Params<'artifacts'>): Promise<readonly ArtifactRow[]> {
  const found = await findRun(context, params);
  if (params.task !== null) return rowsOfStep(found, requireStep(found, params.task), null);
  const { state } = found.folded;
  const steps = state.steps.filter((step) => step.current !== null);
  const perStep = await Promise.all(steps.map((step) => rowsOfStep(found, step, state.world.names).catch(() => [])));
  const rows = new Map<string, ArtifactRow>();
  // Each name from the step that changed it last; what a failed step had made is shown too, as it can be loaded.
  for (const row of perStep.flat()) rows.set(row.name, row);
  return [...rows.values()];
}

async function rowsOfStep(found: ReadRun, step: StepState, final: Readonly<Record<string, readonly [string, string]>> | null): Promise<ArtifactRow[]> {
  const manifest = await manifestOf(found, step);
  if (manifest === null) return [];
  const isShown = (name: string) => !name.startsWith('%') && !isPlumbing(step, manifest.artifacts[name]) && (final === null || isLast(final, name, step));
  const stored = Object.entries(manifest.artifacts).filter(([name]) => isShown(name)).map(([name, artifact]) => toRow(found, step.plan.name, { name, attempt: manifest.attempt, artifact }));
  const lost = Object.entries(manifest.delta.tombstones).filter(([name]) => final === null || !Object.hasOwn(final, name)).map(([name, { type, reason }]): ArtifactRow => ({
    name, step: step.plan.name, attempt: manifest.attempt, path: pathOf(found, step.plan.name, name), type, size: 0, digest: '', summary: '', kind: 'tombstone', thumbnail: null, tombstone: reason,
  }));
  return [...stored, ...lost];
}

/** Modules and helpers that setup makes are on every list, and nobody looks for them there. */
function isPlumbing(step: StepState, artifact: Artifact | undefined): boolean {
  const preview: unknown = artifact?.preview;
  const kind = kindOf(preview);
  if (kind === 'class' && moduleOf(preview) !== '__main__') return true;
  return kind === 'module' || (isSetupName(step.plan.name) && (kind === 'function' || kind === 'class'));
}

const moduleOf = (preview: unknown) => (typeof preview === 'object' && preview !== null && 'module' in preview ? preview.module : null);

function isLast(final: Readonly<Record<string, readonly [string, string]>>, name: string, step: StepState): boolean {
  const version = Object.hasOwn(final, name) ? final[name]?.[0] : undefined;
  return version === step.current?.id || (version === undefined && step.status === 'failed') || step.status === 'executed';
}

const kindOf = (preview: unknown) => (typeof preview === 'object' && preview !== null && 'kind' in preview && typeof preview.kind === 'string' ? preview.kind : 'other');
const pathOf = ({ id }: ReadRun, step: string, name: string) => `${formatRunId(id)}/${step}/${name}`;

function toRow(found: ReadRun, step: string, { name, attempt, artifact }: { name: string; attempt: string; artifact: Artifact }): ArtifactRow {
  const { type, size, digest, preview } = artifact;
  const { summary, thumbnail } = summarisePreview(preview);
  return { name, step, attempt, path: pathOf(found, step, name), type, size, digest, summary, kind: kindOf(preview), thumbnail, tombstone: null };
}

export async function preview(context: Context, params: Params<'preview'>): Promise<PreviewView> {
  const found = await findRun(context, params);
  const manifest = await readManifest(found.store, found.id, params.attempt);
  const artifact = manifest !== null && Object.hasOwn(manifest.artifacts, params.name) ? manifest.artifacts[params.name] : undefined;
  if (artifact === undefined) throw new UserError('no-artifact', `${params.run}/${params.attempt} has no \`${params.name}\`.`, null);
  const row = toRow(found, parseAttemptKey(params.attempt).task, { name: params.name, attempt: params.attempt, artifact });
  const shown = artifact.preview;
  return { artifact: row, preview: typeof shown === 'object' && shown !== null ? shown as Record<string, unknown> : null };
}
