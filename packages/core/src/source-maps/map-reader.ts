import type { MapReference } from "@landfall/artifacts/debug-ids/map-reference";
import type { Position, Resolution } from "@landfall/artifacts/maps/resolve-position";

/**
 * Reads scripts and source maps, which takes a processor for up to seconds: the server has it done beside the thread that answers
 * requests. What was read is kept for a while under the key of its bytes.
 *
 * Both throw what `bytes` throws, and `unavailable` when too many wait already. What is wrong with the bytes themselves is answered.
 */
export interface MapReader {
  /** What a script says of itself in its comments. */
  readScript(script: LazyBytes): Promise<ScriptReading | Unread>;
  /** Resolves positions, each to its place in the answer. A map is read once, however many there are. */
  resolve(map: MapBytes, positions: readonly Position[]): Promise<MapReading | Unread>;
}

/** Bytes that are fetched only where what was read of them is no longer kept. */
export type LazyBytes = {
  /** The same for the same bytes, and for no others. */
  readonly key: string;
  /** Called at most once. The bytes are the reader's from then on. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
};

/** A source map, or a script that has one in its `sourceMappingURL` comment. */
export type MapBytes = LazyBytes & { readonly isInline: boolean };

export type ScriptReading = {
  readonly isRead: true;
  readonly debugId: string | null;
  /** Of a map inside the script only `data:`. */
  readonly reference: MapReference | null;
};

export type MapReading = { readonly isRead: true; readonly debugId: string | null; readonly resolutions: readonly Resolution[] };

/** Why nothing could be read, as a sentence. */
export type Unread = { readonly isRead: false; readonly problem: string };
