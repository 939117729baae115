import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { bundleHeaderSize, bundleMagic } from "../archive/zip-format.ts";
import { contentId } from "../debug-ids.ts";
import type { FileType } from "./parse-manifest.ts";

/** The header of format version 2. It precedes the ZIP, whose offsets include it. */
const HEADER = Buffer.alloc(bundleHeaderSize);
HEADER.writeUInt32BE(bundleMagic);
HEADER.writeUInt32LE(2, 4);

/** The same for all files on every machine. ZIPs contain local times, so the date is a local one, the earliest possible. */
const ENTRY_OPTIONS = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644, compressionLevel: 6 };

/**
 * Writes an artifact bundle to a new file and returns its id. Files are sorted by URL and streamed, so that the bytes are the same for the same files.
 * Throws errors of `open` and of the file system, including `EEXIST`.
 *
 * Uses yazl, which is from the authors of yauzl, streams, uses Node's own zlib and is small (17 kB; zip.js, which has an option for bytes before
 * the ZIP, has 134 kB).
 */
export async function writeBundle(
  path: string,
  bundle: NewBundle,
  files: readonly NewBundleFile[],
): Promise<{ readonly bundleId: string }> {
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
  // The manifest is written last, when all files are hashed.
  add("manifest.json", async function* () {
    const parts = sorted.map((file, index) => ({ path: paths[index] ?? "", file, digest: digests[index] ?? "" }));
    const manifest = makeManifest(bundle, parts);
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

/** Creates a ZIP whose offsets start after a header. yazl has no option for it, so its private counter is set. */
function zipAfterHeader(bytes: number): ZipFile {
  const zip = new ZipFile();
  if (Reflect.get(zip, "outputStreamCursor") !== 0) throw new Error("this version of yazl counts offsets in a different way");
  Reflect.set(zip, "outputStreamCursor", bytes);
  return zip;
}

/** The type of `outputStream` is only `NodeJS.ReadableStream`. */
function outputOf({ outputStream }: ZipFile): Readable {
  if (outputStream instanceof Readable) return outputStream;
  throw new Error("this version of yazl has a different output stream");
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

/** The organization, projects, release and dist of a new bundle. */
export interface NewBundle {
  readonly organization: string;
  /** The manifest has the project only if there is exactly one, like those of other clients. */
  readonly projects: readonly string[];
  readonly release: string | null;
  readonly dist: string | null;
}

/** A file to add to a bundle. */
export interface NewBundleFile {
  /** `~/static/app.js`, or a full URL. */
  readonly url: string;
  readonly type: FileType;
  readonly debugId: string | null;
  /** The URL of its source map, relative to its own URL; null if it has none. */
  readonly mapReference: string | null;
  /** Opens its content, when the files before it are written. */
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

interface ManifestPart {
  /** The name of its entry in the archive. */
  readonly path: string;
  readonly file: Pick<NewBundleFile, "url" | "type" | "debugId" | "mapReference">;
  /** A hash of its content. */
  readonly digest: string;
}

/**
 * Creates the `manifest.json` of a bundle, and the id of the bundle, which is a hash of all its content: the id is the same for the same files
 * and the same release.
 */
function makeManifest(bundle: NewBundle, parts: readonly ManifestPart[]): { readonly bundleId: string; readonly text: string } {
  const { organization, projects, release, dist } = bundle;
  const [project] = projects.length === 1 ? projects : [];
  const facts = {
    org: organization,
    // `JSON.stringify` leaves out what is undefined.
    project,
    release: release ?? undefined,
    dist: dist ?? undefined,
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
 * Returns the names of the entries for URLs: `files/_/_/app.js` for `~/app.js`, `files/https/cdn.example.com/app.js` for a full URL, with the
 * suffix `.1` for the second file with the same URL. Special characters and the segments `.` and `..` are percent-encoded.
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
  // An empty segment would end a folder's name, and dots would be another folder.
  if (segment === "") return "_";
  if (/^\.{1,2}$/.test(segment)) return segment.replaceAll(".", "%2E");
  return segment.toWellFormed().replaceAll(/[^\w.~!$&'()*+,;=@[\]{} -]+/g, encodeURIComponent);
}
