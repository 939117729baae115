import type { MapReference } from "@landfall/artifacts/debug-ids/map-reference";
import type { Position, Resolution } from "@landfall/artifacts/maps/resolve-position";

/** Gives each request a reader of its own, so that one organization cannot keep the others waiting. */
export interface MapReaders {
  /**
   * Returns a reader for one request. Its files wait in the organization's queue, the queues take turns, and all files of the request
   * share one budget of reading time.
   */
  forRequest(organizationId: number): MapReader;
}

/**
 * Reads scripts and source maps, which can take seconds of CPU time: the server reads them in worker threads. Results are cached under the
 * key of the bytes.
 *
 * Every method throws what `bytes` throws, and `unavailable` when too many requests wait already. A defect of the bytes themselves, and a
 * budget that is used up, are returned as `Unread`.
 */
export interface MapReader {
  /** What a script says of itself in its comments. */
  readScript(script: LazyBytes): Promise<ScriptReading | Unread>;
  /** Resolves positions, each to its place in the answer. A map is read once, however many there are. */
  resolve(map: MapBytes, positions: readonly Position[]): Promise<MapReading | Unread>;
  /** Which sources a map lists, and for which of them it has no text. Not cached. */
  checkSources(map: LazyBytes): Promise<SourcesReading | Unread>;
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

export type SourcesReading = {
  readonly isRead: true;
  readonly sources: number;
  readonly withText: number;
  /** The first few names without text; "" for a source without a name. */
  readonly without: readonly string[];
};

/** Why nothing could be read, as a sentence. */
export type Unread = { readonly isRead: false; readonly problem: string };
