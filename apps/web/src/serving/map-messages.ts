import type { MapReader, MapReading, ScriptReading, SourcesReading, Unread } from "@landfall/core/source-maps/map-reader";

type Positions = Parameters<MapReader["resolve"]>[1];

/** A request to a worker, one at a time. */
export type MapRequest =
  | { readonly kind: "script"; readonly key: string }
  | { readonly kind: "sources"; readonly key: string }
  | { readonly kind: "map"; readonly key: string; readonly isInline: boolean; readonly positions: Positions };

/** `null` for bytes that could not be fetched. */
export type ToMapWorker = MapRequest | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> | null };

export type MapAnswer = ScriptReading | MapReading | SourcesReading | Unread;

/** `need`: the worker has no cached result and needs the bytes. `failed`: it got no bytes, or has a bug. */
export type FromMapWorker =
  | { readonly kind: "need" }
  | { readonly kind: "done"; readonly answer: MapAnswer }
  | { readonly kind: "failed"; readonly message: string };
