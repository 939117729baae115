import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { contentId } from "../debug-ids.ts";
import type { FileType } from "./parse-manifest.ts";

/** "SYSB" and the version of the format, before the ZIP, whose offsets count them. */
const HEADER = Buffer.from([0x53, 0x59, 0x53, 0x42, 2, 0, 0, 0]);

/** The same for all files on every machine. ZIPs tell local time, so this is one: the first they can tell. */
const ENTRY_OPTIONS = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644, compressionLevel: 6 };

/**
 * Writes an artifact bundle to a new file, `path`, and answers the id it has. Files go in by address, one after the other, a block at a time;
 * the same files give the same bytes. Throws what a file's `open` throws, and what the file system does, `EEXIST` too.
 *
 * yazl, of the zip libraries, because it is the sister of yauzl, streams, packs with Node's own zlib and is small (17 kB; zip.js, which has
 * an option for bytes before the ZIP, 134 kB).
 */
export async function writeBundle(path: string, about: NewBundle, files: readonly NewBundleFile[]): Promise<{ readonly bundleId: string }> {
  const sorted = files.toSorted((a, b) => (a.url < b.url ? -1 : Number(a.url > b.url)));
  const paths = entryPaths(sorted.map(({ url }) => url));
  const digests: string[] = [];
  const zip = zipAfterHeader(HEADER.byteLength);
  const output = outputOf(zip);
  let current: Readable | undefined;
  let bundleId = "";
  const add = (name: string, open: () => AsyncIterable<Uint8Array>): void =>
    zip.addReadStreamLazy(name, ENTRY_OPTIONS, (use) => {
      current = Readable.from(open(), { objectMode: false }).on("error", (error) => output.destroy(error));
      use(null, current);
    });

  zip.on("error", (error: Error) => output.destroy(error));
  for (const [index, file] of sorted.entries()) add(paths[index] ?? "", () => hashed(file.open(), (digest) => digests.push(digest)));
  // Its turn comes when all others are written, and so are hashed.
  add("manifest.json", async function* () {
    const parts = sorted.map((file, index) => ({ path: paths[index] ?? "", file, digest: digests[index] ?? "" }));
    const manifest = makeManifest(about, parts);
    bundleId = manifest.bundleId;
    yield Buffer.from(manifest.text);
  });
  zip.end();
  try {
    await pipeline(prepend(HEADER, output), createWriteStream(path, { flags: "wx", mode: 0o600 }));
  } finally {
    current?.destroy();
  }
  return { bundleId };
}

/** A ZIP that so many bytes will stand before. yazl has no option for it; it counts from the number it keeps here. */
function zipAfterHeader(bytes: number): ZipFile {
  const zip = new ZipFile();
  if (Reflect.get(zip, "outputStreamCursor") !== 0) throw new Error("this version of yazl counts offsets in another way");
  Reflect.set(zip, "outputStreamCursor", bytes);
  return zip;
}

/** Its types know only that it can be read. */
function outputOf({ outputStream }: ZipFile): Readable {
  if (outputStream instanceof Readable) return outputStream;
  throw new Error("this version of yazl writes in another way");
}

async function* prepend(header: Uint8Array, rest: Readable): AsyncGenerator<Uint8Array> {
  yield header;
  yield* rest;
}

async function* hashed(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  done: (digest: string) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const bytes of content) {
    hash.update(bytes);
    yield bytes;
  }
  done(hash.digest("hex"));
}

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

interface ManifestPart {
  /** Its entry in the archive. */
  readonly path: string;
  readonly file: Pick<NewBundleFile, "url" | "type" | "debugId" | "mapReference">;
  /** A hash of what it holds. */
  readonly digest: string;
}

/**
 * The `manifest.json` of a bundle, and the id it gives the bundle: made of everything in it, so that the same files for the same release are
 * the same bundle.
 */
function makeManifest(about: NewBundle, parts: readonly ManifestPart[]): { readonly bundleId: string; readonly text: string } {
  const { organization, projects, release, dist } = about;
  const [project] = projects.length === 1 ? projects : [];
  const facts = {
    org: organization,
    ...(project === undefined ? {} : { project }),
    ...(release === null ? {} : { release }),
    ...(dist === null ? {} : { dist }),
    files: Object.fromEntries(parts.map(({ path, file }) => [path, describeFile(file)])),
  };
  const bundleId = contentId("bundle", JSON.stringify([facts, projects]), ...parts.map(({ digest }) => digest));
  return { bundleId, text: JSON.stringify({ debug_id: bundleId, ...facts }) };
}

const describeFile = ({ type, url, debugId, mapReference }: ManifestPart["file"]) => ({
  type,
  url,
  headers: { ...(debugId === null ? {} : { "debug-id": debugId }), ...(mapReference === null ? {} : { sourcemap: mapReference }) },
});

/**
 * Where each file lies in its bundle, by its address: `files/_/_/app.js` for `~/app.js`, `files/https/cdn.example.com/app.js` for a full
 * one, `.1` behind it for the second of the same address. Whatever is no plain character of a path is percent-encoded, dots that climb too.
 */
export function entryPaths(urls: readonly string[]): string[] {
  const taken = new Set<string>();
  return urls.map((url) => {
    const path = entryPath(url);
    let free = path;
    for (let count = 1; taken.has(free); count += 1) free = `${path}.${count}`;
    taken.add(free);
    return free;
  });
}

function entryPath(url: string): string {
  const [, scheme, host, path] = /^([a-z][a-z\d+.-]*):\/\/([^/]*)\/?(.*)$/is.exec(url) ?? [];
  const place = scheme === undefined ? ["_", "_", url.replace(/^~?\/*/, "")] : [scheme, host || "_", path ?? ""];
  const segments = place.join("/").split("/");
  return `files/${segments.map(plainSegment).join("/")}`;
}

function plainSegment(segment: string): string {
  // Nothing between two slashes would be a folder's end, and dots another folder.
  if (segment === "") return "_";
  if (/^\.{1,2}$/.test(segment)) return segment.replaceAll(".", "%2E");
  return segment.toWellFormed().replaceAll(/[^\w.~!$&'()*+,;=@[\]{} -]+/g, encodeURIComponent);
}
