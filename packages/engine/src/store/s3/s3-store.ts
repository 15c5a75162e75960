// A store in S3, or in anything that speaks its protocol and keeps its promise about conditional writes. No server of ours, no lock service.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, CopyObjectCommand, type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Entry, LogWriter, Store } from '../store.ts';
import { deadlineFor, makeClient } from './client.ts';
import { attemptsOf, explain, nameOf, statusOf } from './explain.ts';
import { probeClaims } from './probe.ts';
import { S3LogReader, S3LogWriter, type SegmentStore } from './s3-log.ts';
import type { S3Place } from './s3-url.ts';

/** Metadata that tells a writer its own object from another's when the answer to its request was lost. */
const WRITER = 'headwater-writer';
/** Between a look at a blob and its end somebody may touch it, which S3 cannot be asked to refuse: only what is a day older goes. */
const YOUNG_MS = 24 * 3_600_000;
const FRESH_MS = YOUNG_MS / 2;
/** S3's limit for a copy in one request. */
const MOST_COPIED = 5e9;
/** How often to look at what is watched: S3 sends no notifications to whoever has no queue. */
const WATCH_MS = 1_000;
/** S3 answers 409 to a conditional write that meets another one still under way; soon it can say which of them was first. */
const CONFLICT_TRIES = 20;
const CONFLICT_MS = 100;
/** S3's own limit for one request. */
const DELETE_AT_ONCE = 1_000;
/** What the error of a request looks like whose answer was lost: it may have been carried out. */
const UNANSWERED = new Set(['ECONNRESET', 'EPIPE', 'TimeoutError', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

export class S3Store implements Store, SegmentStore {
  readonly url: string;
  readonly #place: S3Place;
  readonly #client: S3Client;
  readonly #logs = new S3LogReader(this);

  constructor(place: S3Place) {
    this.url = place.url;
    this.#place = place;
    this.#client = makeClient(place);
  }

  initialise(): Promise<void> {
    return probeClaims(this);
  }

  async get(key: string): Promise<Uint8Array | null> {
    return this.#orNull(async () => {
      const { Body } = await this.#client.send(new GetObjectCommand(this.#at(key)));
      return Body === undefined ? new Uint8Array() : Body.transformToByteArray();
    });
  }

  async has(key: string): Promise<boolean> {
    return (await this.#writerOf(key)) !== null;
  }

  readLog(key: string, offset: number, length?: number): Promise<Uint8Array | null> {
    return this.#logs.read(key, offset, length);
  }

  logSize(key: string): Promise<number | null> {
    return this.#logs.size(key);
  }

  async create(key: string, bytes: Uint8Array | string): Promise<boolean> {
    const writer = randomUUID();
    for (let left = CONFLICT_TRIES; ; left -= 1) {
      try {
        await this.#client.send(new PutObjectCommand({ ...this.#at(key), Body: Buffer.from(bytes), IfNoneMatch: '*', Metadata: { [WRITER]: writer } }), deadlineFor(bytes));
        return true;
      } catch (error) {
        const won = await this.#settle(key, writer, error);
        if (won !== null) return won;
        if (left === 0) throw explain(this.#place, error);
        await sleep(CONFLICT_MS);
      }
    }
  }

  /** Who won a conditional write that ended with an error; null where it has to be asked again. */
  async #settle(key: string, writer: string, error: unknown): Promise<boolean | null> {
    const status = statusOf(error);
    if (status === 409) return null;
    if (status === 412 && attemptsOf(error) === 1) return false;
    if (status !== 412 && !UNANSWERED.has(nameOf(error))) throw explain(this.#place, error);
    // A refusal after a repeated request, or no answer at all: the object that stands there may be our own.
    const holder = await this.#writerOf(key);
    return holder === null ? null : holder === writer;
  }

  async put(key: string, bytes: Uint8Array | string): Promise<void> {
    await this.#send(() => this.#client.send(new PutObjectCommand({ ...this.#at(key), Body: Buffer.from(bytes) })));
  }

  async delete(key: string): Promise<void> {
    const keys = [key, ...(await this.sizes(`${key}/`, null)).map((found) => found.key)];
    for (let at = 0; at < keys.length; at += DELETE_AT_ONCE) {
      const Objects = keys.slice(at, at + DELETE_AT_ONCE).map((each) => ({ Key: this.#place.prefix + each }));
      await this.#send(() => this.#client.send(new DeleteObjectsCommand({ Bucket: this.#place.bucket, Delete: { Objects, Quiet: true } })));
    }
  }

  async copyLog(from: string, to: string): Promise<boolean> {
    const segments = await this.sizes(`${from}/`, null);
    await Promise.all(segments.map(({ key }) => {
      const target = { Bucket: this.#place.bucket, Key: this.#place.prefix + to + key.slice(from.length) };
      return this.#send(() => this.#client.send(new CopyObjectCommand({ ...target, CopySource: this.#source(key) })));
    }));
    return segments.length > 0;
  }

  async list(prefix: string, options: { after?: string; limit?: number } = {}): Promise<string[]> {
    const found: string[] = [];
    const { after, limit = Infinity } = options;
    for await (const page of this.#pages(prefix, { after: after ?? null, delimiter: '/' })) {
      found.push(...page.map(({ key }) => key).filter((key) => after === undefined || key > after));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit === Infinity ? undefined : limit);
  }

  entries(prefix: string): Promise<Entry[]> {
    return this.sizes(prefix, null);
  }

  async getPart(key: string, at: number, length: number): Promise<Uint8Array | null> {
    try {
      return await this.#orNull(async () => {
        const { Body } = await this.#client.send(new GetObjectCommand({ ...this.#at(key), Range: `bytes=${at}-${at + length - 1}` }));
        return Body === undefined ? new Uint8Array() : Body.transformToByteArray();
      });
    } catch (error) {
      // From its end on there is nothing to give.
      if (error instanceof Error && statusOf(error.cause ?? error) === 416) return new Uint8Array();
      throw error;
    }
  }

  /** What is not new is copied onto itself. */
  async touch(key: string): Promise<boolean> {
    return (await this.#orNull(async () => {
      const { LastModified, ContentLength = 0 } = await this.#client.send(new HeadObjectCommand(this.#at(key)));
      if (Date.now() - (LastModified?.getTime() ?? 0) < FRESH_MS || ContentLength > MOST_COPIED) return true;
      await this.#client.send(new CopyObjectCommand({ ...this.#at(key), CopySource: this.#source(key), MetadataDirective: 'REPLACE' }));
      return true;
    })) ?? false;
  }

  async sweep(key: string, before: number): Promise<boolean> {
    const modified = await this.#orNull(async () => (await this.#client.send(new HeadObjectCommand(this.#at(key)))).LastModified?.getTime() ?? 0);
    if (modified === null || modified >= before - YOUNG_MS) return false;
    await this.#send(() => this.#client.send(new DeleteObjectsCommand({ Bucket: this.#place.bucket, Delete: { Objects: [{ Key: this.#place.prefix + key }], Quiet: true } })));
    return true;
  }

  async sizes(prefix: string, after: string | null): Promise<Entry[]> {
    const found: Entry[] = [];
    for await (const page of this.#pages(prefix, { after, delimiter: null })) found.push(...page);
    return found;
  }

  openLog(key: string): Promise<LogWriter> {
    return Promise.resolve(new S3LogWriter(this, key));
  }

  lend(key: string, seconds: number): Promise<string | null> {
    return this.#send(() => getSignedUrl(this.#client, new GetObjectCommand(this.#at(key)), { expiresIn: seconds }));
  }

  watch(_: string, changed: () => void, signal: AbortSignal): void {
    const timer = setInterval(changed, WATCH_MS);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  // ---------------------------------------------------------------- requests

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#place.bucket, Key: this.#place.prefix + key };
  }

  #source(key: string): string {
    return encodeURI(`${this.#place.bucket}/${this.#place.prefix}${key}`).replaceAll('+', '%2B');
  }

  /** Who wrote the object; empty for one that somebody else put there, null for none. */
  #writerOf(key: string): Promise<string | null> {
    return this.#orNull(async () => (await this.#client.send(new HeadObjectCommand(this.#at(key)))).Metadata?.[WRITER] ?? '');
  }

  async* #pages(prefix: string, { after, delimiter }: { after: string | null; delimiter: string | null }): AsyncGenerator<Entry[]> {
    const { prefix: root } = this.#place;
    let token: string | undefined;
    do {
      const page = await this.#send(() => this.#client.send(new ListObjectsV2Command({
        Bucket: this.#place.bucket, Prefix: root + prefix, ...(delimiter === null ? {} : { Delimiter: delimiter }),
        ...(after === null ? {} : { StartAfter: root + after }), ...(token === undefined ? {} : { ContinuationToken: token }),
      })));
      const objects = (page.Contents ?? []).map(({ Key = '', Size = 0, LastModified }) => ({ key: Key.slice(root.length), size: Size, modified: LastModified?.getTime() ?? 0 }));
      const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => ({ key: Prefix.slice(root.length), size: 0, modified: 0 }));
      yield [...objects, ...prefixes].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async #orNull<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      // A HEAD has no body to say more than 404, and NoSuchBucket must not pass for an empty store.
      if (nameOf(error) === 'NoSuchKey' || nameOf(error) === 'NotFound') return null;
      throw explain(this.#place, error);
    }
  }

  async #send<T>(work: () => Promise<T>): Promise<T> {
    return work().catch((error: unknown) => {
      throw explain(this.#place, error);
    });
  }
}
