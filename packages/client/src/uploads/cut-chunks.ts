import { createHash } from "node:crypto";
import { abortedError } from "../landfall-error.ts";
import type { ByteSource } from "./byte-source.ts";

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
