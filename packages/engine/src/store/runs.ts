// Runs in a store: claiming a number, the record, the summary, the list. Built on the store's verbs alone.

import {
  decodeText, FLOWS_PREFIX, lastNumberKey, recordKey, RunRecordSchema, summariesPrefix, summaryKey, SummarySchema, tagsKey,
  type RunId, type RunRecord, type Summary,
} from '@headwater/protocol';
import * as v from 'valibot';
import type { Store } from './store.ts';

/** Claims the next number of the flow for this record: whoever creates the record first has it. */
export async function claimRun(store: Store, record: Omit<RunRecord, 'number'>): Promise<RunRecord> {
  const { flow } = record;
  for (let number = (await lastNumber(store, flow)) + 1; ; number += 1) {
    const claimed: RunRecord = { ...record, number };
    if (!(await store.create(recordKey(flow, number), JSON.stringify(claimed)))) continue;
    // Only a hint where to begin looking: a lost update costs the next claimer a few tries.
    await store.put(lastNumberKey(flow), String(number));
    return claimed;
  }
}

async function lastNumber(store: Store, flow: string): Promise<number> {
  const hint = Number(asText(await store.get(lastNumberKey(flow))));
  return Number.isSafeInteger(hint) && hint > 0 ? hint : 0;
}

export async function readRecord(store: Store, flow: string, number: number): Promise<RunRecord | null> {
  const text = asText(await store.get(recordKey(flow, number)));
  return text === null ? null : decodeText(RunRecordSchema, text, `the record of ${flow}/${number}`);
}

export async function writeSummary(store: Store, summary: Summary): Promise<void> {
  await store.put(summaryKey(summary.flow, summary.number), JSON.stringify(summary));
}

export async function readSummary(store: Store, flow: string, number: number): Promise<Summary | null> {
  const text = asText(await store.get(summaryKey(flow, number)));
  return text === null ? null : decodeText(SummarySchema, text, `the summary of ${flow}/${number}`);
}

/** Tags of a run where they were changed since it started, else null. */
export async function readTags(store: Store, { flow, number }: RunId): Promise<string[] | null> {
  const text = asText(await store.get(tagsKey(flow, number)));
  return text === null ? null : decodeText(TagsSchema, text, `the tags of ${flow}/${number}`);
}

const TagsSchema = v.array(v.string());

/** Every run there is, those without a summary too. */
export async function listRuns(store: Store): Promise<RunId[]> {
  const found: RunId[] = [];
  for (const prefix of await listFlowPrefixes(store)) {
    for (const run of await store.list(`${prefix}runs/`)) {
      const text = asText(await store.get(`${run}run.json`));
      if (text === null) continue;
      const { flow, number } = decodeText(RunRecordSchema, text, `the record ${run}`);
      found.push({ flow, number });
    }
  }
  return found;
}

/** Key parts of the flows that have runs here; their names stand in the summaries. */
async function listFlowPrefixes(store: Store): Promise<string[]> {
  return store.list(FLOWS_PREFIX);
}

/** Summaries of a flow, newest first. An unreadable one is left out: the rest of the history must stay visible. */
export async function listSummaries(store: Store, flow: string, limit: number): Promise<Summary[]> {
  return readSummaries(store, await store.list(summariesPrefix(flow), { limit }));
}

/** Newest first over all flows. */
export async function listAllSummaries(store: Store, limit: number): Promise<Summary[]> {
  const perFlow = await Promise.all((await listFlowPrefixes(store)).map(async (prefix) => readSummaries(store, await store.list(`${prefix}summaries/`, { limit }))));
  return perFlow.flat().sort((a, b) => b.started - a.started).slice(0, limit);
}

async function readSummaries(store: Store, keys: readonly string[]): Promise<Summary[]> {
  const found = await Promise.all(keys.map(async (key) => {
    const text = asText(await store.get(key));
    try {
      return text === null ? null : decodeText(SummarySchema, text, key);
    } catch {
      return null;
    }
  }));
  return found.filter((summary) => summary !== null);
}

export function asText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

