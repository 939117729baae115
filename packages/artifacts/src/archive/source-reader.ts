import type { Readable } from "node:stream";
import { RandomAccessReader } from "yauzl";
import type { RandomAccess } from "./random-access.ts";

const block = 64 * 1024;

/** What yauzl reads through. A block is kept, because a directory is read 46 bytes at a time. */
export class SourceReader extends RandomAccessReader {
  readonly #source: RandomAccess;
  #kept: Uint8Array = new Uint8Array(0);
  #keptFrom = 0;

  constructor(source: RandomAccess) {
    super();
    this.#source = source;
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#bytes(position, length).then(
      (bytes) => {
        target.set(bytes, offset);
        callback(null, bytes.byteLength);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error("The bundle could not be read.", { cause: error })),
    );
  }

  override _readStreamForRange(): Readable {
    throw new Error("Entries are read with entryChunks, which bounds them.");
  }

  async #bytes(position: number, length: number): Promise<Uint8Array> {
    const end = Math.min(position + length, this.#source.size);
    if (position >= end) return new Uint8Array(0);
    if (position < this.#keptFrom || end > this.#keptFrom + this.#kept.byteLength) {
      const kept = await this.#source.read(position, Math.min(Math.max(block, end - position), this.#source.size - position));
      this.#kept = kept;
      this.#keptFrom = position;
      return kept.subarray(0, end - position);
    }
    return this.#kept.subarray(position - this.#keptFrom, end - this.#keptFrom);
  }
}
