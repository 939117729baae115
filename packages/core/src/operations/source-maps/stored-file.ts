import { showSize } from "@landfall/artifacts/archive/bundle-limits";
import { isBundleProblem, showName } from "@landfall/artifacts/archive/bundle-problem";
import { entryChunks } from "@landfall/artifacts/archive/entry-chunks";
import { isMapProblem, mapLimits, MapProblem } from "@landfall/artifacts/maps/parse-source-map";
import { BlobError, type BlobStore } from "@landfall/db/blobs/blob-store";
import type { MemberPlace } from "@landfall/db/tables/artifacts";
import type { LazyBytes } from "../../kernel/map-reader.ts";
import { toStorageError, verifiedBytes } from "../../records/artifacts/blobs.ts";
import { blobAccess, toArchiveEntry } from "../../records/artifacts/content.ts";

/** An uploaded file, single or in an archive, and where its bytes are. */
export type StoredFile = {
  /** Its address, or its path where it has none. */
  readonly name: string;
  readonly kind: "script" | "map" | "source";
  readonly debugId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly size: number;
  /** The artifact bundle it is in; null for a file of a release. */
  readonly bundle: { readonly id: number; readonly bundleId: string } | null;
  readonly blob: { readonly name: string; readonly sha256: string; readonly size: number };
  /** Where it lies in the blob; null when it is all of it. */
  readonly place: MemberPlace | null;
};

/** The bytes of a file as they are asked for. Asking throws a `MapProblem` for a file beyond `limit`, before anything is read. */
export function lazyBytes(blobs: BlobStore, file: StoredFile, limit: number = mapLimits.bytes): LazyBytes {
  return { key: contentKey(file), bytes: () => readFile(blobs, file, limit) };
}

/** The same for the same bytes: a member is known by its archive and its place in there. */
export const contentKey = ({ blob, place }: StoredFile): string => (place === null ? blob.sha256 : `${blob.sha256}:${place.offset}`);

async function readFile(blobs: BlobStore, { name, size, blob, place }: StoredFile, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (size > limit) {
    const sentence = `${showName(name)} has ${showSize(size)}; at most ${showSize(limit)} are read at once. Split it into smaller files.`;
    throw new MapProblem("too-large", sentence);
  }
  const bytes = new Uint8Array(size);
  let position = 0;
  for await (const chunk of place === null
    ? verifiedBytes(blobs, blob)
    : entryChunks(blobAccess(blobs, blob), toArchiveEntry(place, size))) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}

/** What is wrong with bytes that could not be read, as a sentence; throws what is not the bytes' fault. */
export function problemMessage(error: unknown): string {
  if (isMapProblem(error) || isBundleProblem(error)) return error.message;
  if (!(error instanceof BlobError)) throw error;
  if (error.code === "unreachable") throw toStorageError(error);
  return "Its bytes are missing or damaged where the server keeps artifacts. Upload it again; whoever runs the server can check what else is missing.";
}
