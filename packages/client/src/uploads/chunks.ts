import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { ChunkOptionsView } from "@landfall/schema/artifacts/uploads";
import { abortedError, LandfallError } from "../landfall-error.ts";
import type { RestCall } from "./rest-caller.ts";

export type SendChunks = {
  readonly call: RestCall;
  /** The upload path, below `/api/0`. */
  readonly path: string;
  readonly options: ChunkOptions;
  readonly signal: AbortSignal;
  /** Called after each request with the number of bytes it sent. */
  readonly onSent: (bytes: number) => void;
};

/** Each request has several copies of its data in memory. Two requests are enough to use the whole bandwidth. */
const MAX_CONCURRENCY = 2;

/** Uploads chunks of a file in concurrent requests. Each chunk is read just before it is sent. The first failure aborts all requests. */
export async function sendChunks(source: ByteSource, chunks: readonly Chunk[], sending: SendChunks): Promise<void> {
  const { options, signal } = sending;
  const limits = { count: options.chunksPerRequest, bytes: Math.min(options.maxRequestSize, options.chunkSize) };
  const groups = groupChunks(chunks, limits);
  const failed = new AbortController();
  const all = { ...sending, signal: AbortSignal.any([signal, failed.signal]) };
  const work = async (): Promise<void> => {
    // The workers share one generator: each reads the next group.
    for (const group of { [Symbol.iterator]: () => ({ next: () => groups.next() }) }) {
      if (failed.signal.aborted) return;
      await sendGroup(source, group, all);
    }
  };
  const workers = Array.from({ length: Math.min(options.concurrency, MAX_CONCURRENCY) }, () =>
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
    const compressed = options.compression.includes("gzip") ? await gzipIfSmaller(bytes) : null;
    form.append(compressed === null ? "file" : "file_gzip", new Blob([ownBuffer(compressed ?? bytes)]), sha1);
  }
  await call({ method: "POST", path, body: form, signal });
  onSent(group.reduce((sum, { size }) => sum + size, 0));
}

const compress = promisify(gzip);
const SAMPLE = 64 * 1024;

/** Returns null if a sample shrinks by less than a tenth, as with archives, which are already compressed. */
async function gzipIfSmaller(bytes: Uint8Array): Promise<Uint8Array | null> {
  const middle = Math.max(0, Math.floor((bytes.byteLength - SAMPLE) / 2));
  const sample = bytes.subarray(middle, middle + SAMPLE);
  if ((await compress(sample)).byteLength > sample.byteLength * 0.9) return null;
  return compress(bytes);
}

/** Returns the bytes in an `ArrayBuffer`, which a Blob requires; copies them only if needed. */
const ownBuffer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);

export type GroupLimits = {
  /** The maximum number of chunks in a request. */
  readonly count: number;
  /** The maximum size of a request in bytes, before compression; a larger chunk is sent alone. */
  readonly bytes: number;
};

/** Groups chunks into requests, in order. */
export function* groupChunks(chunks: Iterable<Chunk>, limits: GroupLimits): Generator<Chunk[]> {
  let group: Chunk[] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    if (group.length > 0 && (group.length >= limits.count || bytes + chunk.size > limits.bytes)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(chunk);
    bytes += chunk.size;
  }
  if (group.length > 0) yield group;
}

/** A part of a file, identified by its SHA-1. */
export type Chunk = { readonly sha1: string; readonly offset: number; readonly size: number };

/** The SHA-1 of a file and of its chunks, in order. */
export type ChunkedFile = { readonly checksum: string; readonly chunks: readonly Chunk[] };

export type CutOptions = {
  /** Called after each block with the number of bytes read so far. */
  readonly onRead?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
};

const BLOCK = 1024 * 1024;

/**
 * Splits a file into chunks of `chunkSize` bytes; the last one may be smaller. Reads it once, block by block. An empty file has no chunks.
 * @throws LandfallError `aborted` if the signal is aborted, and whatever the source throws.
 */
export async function cutChunks(source: ByteSource, chunkSize: number, { onRead, signal }: CutOptions = {}): Promise<ChunkedFile> {
  const fileHash = createHash("sha1");
  const chunks: Chunk[] = [];
  for (let offset = 0; offset < source.size; offset += chunkSize) {
    const size = Math.min(chunkSize, source.size - offset);
    const part = createHash("sha1");
    for (let read = 0; read < size; read += BLOCK) {
      if (signal?.aborted) throw abortedError(signal.reason);
      const block = await source.read(offset + read, Math.min(BLOCK, size - read));
      fileHash.update(block);
      part.update(block);
      onRead?.(offset + read + block.byteLength);
    }
    chunks.push({ sha1: part.digest("hex"), offset, size });
  }
  return { checksum: fileHash.digest("hex"), chunks };
}

/** Random access to bytes: a file or a buffer. Only the bytes being sent are in memory. */
export type ByteSource = {
  /** In bytes. */
  readonly size: number;
  /** Reads exactly `length` bytes from `offset`. The range is always within `size`. */
  read(offset: number, length: number): Promise<Uint8Array>;
};

/** The limits of uploads to a server. */
type ChunkOptions = {
  /** Sizes are in bytes. */
  readonly chunkSize: number;
  readonly chunksPerRequest: number;
  readonly maxRequestSize: number;
  readonly maxFileSize: number;
  readonly concurrency: number;
  readonly compression: readonly string[];
};

const SIZES = ["chunkSize", "chunksPerRequest", "maxRequestSize", "maxFileSize", "concurrency"] as const;

/**
 * Reads the upload options of a server (contract 9.1). Ignores its upload URL, so that the token is never sent to a URL from a response.
 * @throws LandfallError `internal` if they are not usable, such as a chunk size of 0.
 */
export function readChunkOptions(body: unknown): ChunkOptions {
  const options = asOptions(body);
  const invalid = SIZES.find((name) => !Number.isSafeInteger(options[name]) || Number(options[name]) < 1);
  if (invalid !== undefined || options.hashAlgorithm !== "sha1") {
    throw new LandfallError(
      `Unsupported upload options from the server: ${invalid ?? "hashAlgorithm"} is ${String(options[invalid ?? "hashAlgorithm"])}.`,
      {
        code: "internal",
      },
    );
  }
  return { ...sizesOf(options), compression: Array.isArray(options.compression) ? options.compression : [] };
}

/** Untrusted: each field is checked before it is used. */
const asOptions = (body: unknown): Partial<ChunkOptionsView> => (typeof body === "object" && body !== null ? body : {});

const sizesOf = (options: Partial<ChunkOptionsView>): Omit<ChunkOptions, "compression"> => ({
  chunkSize: Number(options.chunkSize),
  chunksPerRequest: Number(options.chunksPerRequest),
  maxRequestSize: Number(options.maxRequestSize),
  maxFileSize: Number(options.maxFileSize),
  concurrency: Number(options.concurrency),
});
