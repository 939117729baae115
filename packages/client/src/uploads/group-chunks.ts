import type { Chunk } from "./cut-chunks.ts";

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
