import { showSize } from "@landfall/artifacts/archive/bundle-limits";
import { isBundleProblem, showName } from "@landfall/artifacts/archive/bundle-problem";
import { isMapProblem, mapLimits, MapProblem } from "@landfall/artifacts/maps/parse-source-map";
import { BlobError, type BlobStore } from "@landfall/db/blobs/blob-store";
import type { MemberPlace } from "@landfall/db/tables/artifacts";
import type { LazyBytes } from "../../kernel/map-reader.ts";
import { type BlobReference, toStorageError, verifiedBytes } from "../../records/artifacts/blobs.ts";
import { memberBytes } from "../../records/artifacts/content.ts";

/** An uploaded file, a single file or a member of an archive, and where its bytes are. */
export type StoredFile = {
  /** Its URL, or its path if it has none. */
  readonly name: string;
  readonly kind: "script" | "map" | "source";
  readonly debugId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly size: number;
  /** The artifact bundle it is in; null for a file of a release. */
  readonly bundle: { readonly id: number; readonly bundleId: string } | null;
  readonly blob: BlobReference & { readonly sha256: string };
  /** Its place in the blob; null if it is the whole blob. */
  readonly place: MemberPlace | null;
};

/** The bytes of a file, read on demand. `bytes` throws `MapProblem` before it reads a file that is larger than `limit` bytes. */
export function lazyBytes(blobs: BlobStore, file: StoredFile, limit: number = mapLimits.bytes): LazyBytes {
  return { key: contentKey(file), bytes: () => readFile(blobs, file, limit) };
}

/** Identifies the bytes of a file. A member is identified by its archive and its offset. */
export const contentKey = ({ blob, place }: StoredFile): string => (place === null ? blob.sha256 : `${blob.sha256}:${place.offset}`);

async function readFile(blobs: BlobStore, { name, size, blob, place }: StoredFile, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (size > limit) {
    const sentence = `${showName(name)} has ${showSize(size)}; the limit is ${showSize(limit)}. Split it into smaller files.`;
    throw new MapProblem("too-large", sentence);
  }
  const bytes = new Uint8Array(size);
  let position = 0;
  for await (const chunk of place === null ? verifiedBytes(blobs, blob) : memberBytes(blobs, blob, place, size)) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}

/** Returns the problem of a file that could not be read, as a sentence. Throws errors that are not caused by the file. */
export function problemMessage(error: unknown): string {
  if (isMapProblem(error) || isBundleProblem(error)) return error.message;
  if (!(error instanceof BlobError)) throw error;
  if (error.code === "unreachable") throw toStorageError(error);
  return "The server's copy of it is missing or damaged. Upload it again, and ask the operator of the server to check the stored artifacts.";
}
