import type { Contents } from '@jupyterlab/services';
import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

test("a notebook is on the server's disk, through its own drive or that of shared editing, or a sentence says why it is nowhere", () => {
  const contents = { driveName: (path: string) => (path.includes(':') ? path.split(':')[0] : ''), localPath: (path: string) => path.split(':').at(-1) } as unknown as Contents.IManager;
  expect(placeOf('a/churn.ipynb', contents)).toBe('a/churn.ipynb');
  expect(placeOf('RTC:a/churn.ipynb', contents)).toBe('a/churn.ipynb');
  expect(placeOf('S3:churn.ipynb', contents)).toMatchObject({ code: 'other-drive', sentence: "This notebook is on S3, which Headwater cannot reach from the server's disk." });
});
