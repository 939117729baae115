import type { Readable } from "node:stream";
import { RandomAccessReader } from "yauzl";
import type { RandomAccess } from "./random-access.ts";
import { readAhead } from "./read-ahead.ts";

const block = 64 * 1024;

/** What yauzl reads through, which reads a directory 46 bytes at a time. */
export class SourceReader extends RandomAccessReader {
  readonly #source: RandomAccess;

  constructor(source: RandomAccess) {
    super();
    this.#source = readAhead(source, block);
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

  /** Those there are: fewer than asked for at the end. */
  #bytes(position: number, length: number): Promise<Uint8Array> {
    const end = Math.min(position + length, this.#source.size);
    return position >= end ? Promise.resolve(new Uint8Array(0)) : this.#source.read(position, end - position);
  }
}
