// What AWS has kept of a job's output, for one that ended before its own had a way out.

import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { BatchProfile } from './profile.ts';

/** Where AWS Batch puts it unless a definition says otherwise; ours say nothing. */
const GROUP = '/aws/batch/job';
const LINES = 20;
const REQUEST_MS = 5_000;
/** Lines arrive a moment after the job's end. */
const TRIES = 4;
const AGAIN_MS = 1_000;

/** The last line with something in it; '' where there is none or it may not be read. */
export async function readLastLine({ region, endpoint }: BatchProfile, stream: string): Promise<string> {
  const client = new CloudWatchLogsClient({ ...(region === null ? {} : { region }), ...(endpoint === null ? {} : { endpoint }), maxAttempts: 2 });
  try {
    for (let left = TRIES; left > 0; left -= 1) {
      const { events = [] } = await client.send(new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: stream, limit: LINES }), { abortSignal: AbortSignal.timeout(REQUEST_MS) });
      const line = events.map(({ message = '' }) => message.trim()).findLast((each) => each !== '');
      if (line !== undefined) return line;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  } catch {
    // Who may run jobs need not be allowed to read logs: what AWS says of the job's end stands by itself.
  } finally {
    client.destroy();
  }
  return '';
}
