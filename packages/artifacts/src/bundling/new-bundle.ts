import type { FileType } from "../manifest/file-type.ts";

/** What a bundle that is being made is for. */
export interface NewBundle {
  readonly organization: string;
  /** Named in the manifest when it is one only, as clients of the wire do. */
  readonly projects: readonly string[];
  readonly release: string | null;
  readonly dist: string | null;
}

/** A file to be put into a bundle, as its manifest tells of it. */
export interface NewBundleFile {
  /** `~/static/app.js`, or a full address. */
  readonly url: string;
  readonly type: FileType;
  readonly debugId: string | null;
  /** Where its source map is, relative to its own address; null for what has none. */
  readonly mapReference: string | null;
  /** What it holds, opened when its turn comes. */
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}
