import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { ChunkOptionsView } from "@landfall/schema/artifacts/uploads";
import { abortedError, LandfallError } from "../landfall-error.ts";
import type { RestCall } from "./rest-caller.ts";

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

export type GroupLimits = {
  /** The most chunks in a request. */
  readonly count: number;
  /** The most bytes in a request, before they are packed; a larger chunk goes by itself. */
  readonly bytes: number;
};

/** Puts chunks together that travel in one request, in order. */
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

/** A piece of a file, and the sha1 that it goes by. */
export type Chunk = { readonly sha1: string; readonly offset: number; readonly size: number };

/** A file as an upload tells of it: the sha1 of all of it, and of its chunks in order. */
export type CutFile = { readonly checksum: string; readonly chunks: readonly Chunk[] };

export type CutOptions = {
  /** Told after each block how many bytes were read. */
  readonly onRead?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
};

const BLOCK = 1024 * 1024;

/**
 * Cuts a file into chunks of `chunkSize` bytes, the last one with what is left, reading it once, a block at a time. A file of no bytes has
 * no chunks. Throws `aborted` when the signal is, and whatever the source throws.
 */
export async function cutChunks(source: ByteSource, chunkSize: number, { onRead, signal }: CutOptions = {}): Promise<CutFile> {
  const whole = createHash("sha1");
  const chunks: Chunk[] = [];
  for (let offset = 0; offset < source.size; offset += chunkSize) {
    const size = Math.min(chunkSize, source.size - offset);
    const part = createHash("sha1");
    for (let read = 0; read < size; read += BLOCK) {
      if (signal?.aborted) throw abortedError(signal.reason);
      const block = await source.read(offset + read, Math.min(BLOCK, size - read));
      whole.update(block);
      part.update(block);
      onRead?.(offset + read + block.byteLength);
    }
    chunks.push({ sha1: part.digest("hex"), offset, size });
  }
  return { checksum: whole.digest("hex"), chunks };
}

/** Bytes that can be read anywhere: a file on disk, a buffer. No more of them are in memory than are being sent. */
export type ByteSource = {
  /** How many bytes there are. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`. Is never asked for bytes past `size`. */
  read(offset: number, length: number): Promise<Uint8Array>;
};

type ChunkOptions = Pick<
  ChunkOptionsView,
  "chunkSize" | "chunksPerRequest" | "maxRequestSize" | "maxFileSize" | "concurrency" | "compression"
>;

const SIZES = ["chunkSize", "chunksPerRequest", "maxRequestSize", "maxFileSize", "concurrency"] as const;

/**
 * What a server says of how it takes uploads (contract 9.1). Its address for them is left alone: it is the one this client calls anyhow, and
 * a token never goes where only an answer says. Throws `internal` for what cannot be followed, such as chunks of no bytes.
 */
export function readChunkOptions(answer: unknown): ChunkOptions {
  const told = asOptions(answer);
  const odd = SIZES.find((name) => !Number.isSafeInteger(told[name]) || Number(told[name]) < 1);
  if (odd !== undefined || told.hashAlgorithm !== "sha1") {
    throw new LandfallError(
      `The server's upload options cannot be followed: ${odd ?? "hashAlgorithm"} is ${String(told[odd ?? "hashAlgorithm"])}.`,
      {
        code: "internal",
      },
    );
  }
  return { ...sizesOf(told), compression: Array.isArray(told.compression) ? told.compression : [] };
}

/** Anything may be answered; every field is looked at before it is used. */
const asOptions = (answer: unknown): Partial<ChunkOptionsView> => (typeof answer === "object" && answer !== null ? answer : {});

const sizesOf = (told: Partial<ChunkOptionsView>): Omit<ChunkOptions, "compression"> => ({
  chunkSize: Number(told.chunkSize),
  chunksPerRequest: Number(told.chunksPerRequest),
  maxRequestSize: Number(told.maxRequestSize),
  maxFileSize: Number(told.maxFileSize),
  concurrency: Number(told.concurrency),
});
