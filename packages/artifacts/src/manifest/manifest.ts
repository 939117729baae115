import type { FileType } from "./file-type.ts";

/** One file that a manifest tells of. */
export interface ManifestFile {
  /** Its entry in the archive. */
  readonly path: string;
  readonly type: FileType;
  /** `~/app.js` or a full address; null for a file that is found by debug id alone. */
  readonly url: string | null;
  /** Names in lower case. Of several that differ in case only, the last. */
  readonly headers: Readonly<Record<string, string>>;
  /** Normalised; null also for one that is no UUID. */
  readonly debugId: string | null;
  /** What the `sourcemap` or `x-sourcemap` header refers to, as written. */
  readonly mapReference: string | null;
}

/** What a bundle says of itself and its files. */
export interface Manifest {
  /** The bundle's own id; null when its maker gave none. */
  readonly bundleId: string | null;
  readonly organization: string | null;
  readonly project: string | null;
  readonly release: string | null;
  readonly dist: string | null;
  readonly note: string | null;
  /** In the order of the manifest. */
  readonly files: readonly ManifestFile[];
}
