import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";
import type { ChunkOptions } from "./chunk-options.ts";
import type { Chunk } from "./cut-chunks.ts";
import { groupChunks } from "./group-chunks.ts";
import type { RestCall } from "./wire-caller.ts";

export type SendChunks = {
  readonly call: RestCall;
  /** Where chunks are sent to, below `/api/0`. */
  readonly path: string;
  readonly options: ChunkOptions;
  readonly signal: AbortSignal;
  /** Told after each request how many bytes it took there. */
  readonly onSent: (bytes: number) => void;
};

/** Each request keeps what it sends in memory, several times over on its way; two keep a line busy. */
const MOST_AT_ONCE = 2;

/** Uploads chunks of a file, several requests at once, each read from the file when its turn comes. The first failure ends all of them. */
export async function sendChunks(source: ByteSource, chunks: readonly Chunk[], sending: SendChunks): Promise<void> {
  const { options, signal } = sending;
  const limits = { count: options.chunksPerRequest, bytes: Math.min(options.maxRequestSize, options.chunkSize) };
  const groups = groupChunks(chunks, limits);
  const failed = new AbortController();
  const all = { ...sending, signal: AbortSignal.any([signal, failed.signal]) };
  const work = async (): Promise<void> => {
    // One generator for all: each takes the group that is next.
    for (const group of { [Symbol.iterator]: () => ({ next: () => groups.next() }) }) {
      if (failed.signal.aborted) return;
      await sendGroup(source, group, all);
    }
  };
  const workers = Array.from({ length: Math.min(options.concurrency, MOST_AT_ONCE) }, () =>
    work().catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  const results = await Promise.allSettled(workers);
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
}

async function sendGroup(source: ByteSource, group: readonly Chunk[], { call, path, options, signal, onSent }: SendChunks): Promise<void> {
  const form = new FormData();
  for (const { sha1, offset, size } of group) {
    const bytes = await source.read(offset, size);
    const packed = options.compression.includes("gzip") ? await gzipIfSmaller(bytes) : null;
    form.append(packed === null ? "file" : "file_gzip", new Blob([ownBuffer(packed ?? bytes)]), sha1);
  }
  await call({ method: "POST", path, body: form, signal });
  onSent(group.reduce((sum, { size }) => sum + size, 0));
}

const pack = promisify(gzip);
const SAMPLE = 64 * 1024;

/** Null where packing gains less than a tenth, as for archives, which are packed already; a sample tells. */
async function gzipIfSmaller(bytes: Uint8Array): Promise<Uint8Array | null> {
  const middle = Math.max(0, Math.floor((bytes.byteLength - SAMPLE) / 2));
  const sample = bytes.subarray(middle, middle + SAMPLE);
  if ((await pack(sample)).byteLength > sample.byteLength * 0.9) return null;
  return pack(bytes);
}

/** Bytes in a buffer that nothing shares, as a Blob takes them; copied only where they are not. */
const ownBuffer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
