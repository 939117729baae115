import { entryChunks } from "@landfall/artifacts/archive/entry-chunks";
import type { BlobStore, ByteRange } from "@landfall/db/blobs/blob-store";
import type { MemberPlace } from "@landfall/db/tables/artifacts";
import type { Scope } from "@landfall/schema/scope";
import { AppError } from "../app-error.ts";
import { blobAccess } from "./blob-access.ts";
import { entryOf } from "./place-of.ts";

/** Bytes somebody may download. */
export type Content = {
  readonly filename: string;
  /** Null where nobody said. */
  readonly contentType: string | null;
  readonly size: number;
  /** The same for the same bytes, and for no others; safe in a header. */
  readonly tag: string;
  /** The bytes, or those from `start` up to but not including `end`. Nothing is opened before the first is asked for. */
  read(range?: ByteRange): AsyncIterable<Uint8Array>;
};

type About = Omit<Content, "read">;
type Blob = { readonly name: string; readonly size: number };

/** The bytes of a blob. */
export const blobContent = (blobs: BlobStore, blob: Blob, about: About): Content => ({
  ...about,
  read: (range) => blobs.read(blob.name, range),
});

/** The bytes of a member of an archive, unpacked as they are read. A part of them is read from the beginning. */
export const memberContent = (blobs: BlobStore, archive: Blob, place: MemberPlace, about: About): Content => ({
  ...about,
  read: (range) => part(entryChunks(blobAccess(blobs, archive), entryOf(place, about.size)), range),
});

async function* part(
  bytes: AsyncIterable<Uint8Array>,
  { start = 0, end = Number.POSITIVE_INFINITY }: ByteRange = {},
): AsyncIterable<Uint8Array> {
  let position = 0;
  for await (const chunk of bytes) {
    const wanted = chunk.subarray(Math.max(0, start - position), Math.max(0, end - position));
    position += chunk.length;
    if (wanted.length > 0) yield wanted;
    if (position >= end) return;
  }
}

/** Only who may change a project may read what was uploaded for it: source maps hold source code. Throws an empty 403 (contract 8.3). */
export function admitDownload(scopes: ReadonlySet<Scope>): void {
  if (!scopes.has("project:write")) throw new AppError("forbidden", "Downloading needs the scope project:write.", { reason: "empty" });
}

/** The last part of a name, with white space in one piece: what a download is called (contract 8.3). */
export const basename = (name: string): string => name.replaceAll(/\s+/g, " ").split("/").at(-1) ?? "";
