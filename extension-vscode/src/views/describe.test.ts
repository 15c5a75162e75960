import { expect, test } from 'vitest';
import type { ArtifactRow, RunRow } from '@headwater/protocol';
import { describeArtifact, describeRun } from './describe.ts';

const ROW: RunRow = {
  run: 'churn/42', flow: 'churn', number: 42, notebook: 'churn.ipynb', status: 'failed', started: 0, ended: 178_000, by: 'me', parameters: { alpha: '0.3' }, tags: ['best'], resumes: 'churn/41',
  count: { done: 3, failed: 1, total: 5 }, failed: { task: 'fit[9]', type: 'ValueError', message: 'no data', tasks: 2, of: 24 }, inside: null,
};
const ARTIFACT: ArtifactRow = {
  name: 'best', step: 'pick', attempt: 'pick.0', path: 'churn/42/pick/best', type: 'sklearn.pipeline.Pipeline', size: 1_200_000, digest: 'd', summary: '2 steps', kind: 'model', thumbnail: null, tombstone: null,
};

test('a run in the tree: state, where it failed, when; the tooltip has the rest', () => {
  const { label, description, tooltip, context, spoken } = describeRun(ROW, 12 * 60_000);
  expect([label, description, context, spoken]).toEqual(['42', 'Failed · 2 of 24 in fit · 12 min ago', 'run-failed', 'churn/42. Failed · 2 of 24 in fit · 12 min ago']);
  expect(tooltip).toContain('churn/42 · Failed\n12 min ago · 2 min 58 s · alpha 0.3 · resumed 41\nbest\nfit[9]: ValueError: no data');
});

test('a run under way says how far it is and for how long', () => {
  expect(describeRun({ ...ROW, status: 'running', ended: null, failed: null }, 41_000).description).toBe('Running · 3 of 5 steps · 41 s');
});

test('an artifact: type, what it is, size; one that is not stored says why and cannot be loaded', () => {
  expect(describeArtifact(ARTIFACT)).toMatchObject({ label: 'best', description: 'Pipeline · 2 steps · 1.2 MB', context: 'artifact' });
  expect(describeArtifact({ ...ARTIFACT, kind: 'frame' }).context).toBe('artifact-frame');
  expect(describeArtifact({ ...ARTIFACT, tombstone: 'a connection' })).toMatchObject({ description: 'Not stored: a connection.', context: 'tombstone' });
});
