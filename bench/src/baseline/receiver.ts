import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import type { IncomingMessage, RequestListener } from "node:http";
import path from "node:path";
import { createGunzip } from "node:zlib";

/**
 * Receives uploads without parsing the form: the query has the position of the chunks, `?chunks=4&head=170&sent=8388608`, and `packed=1`
 * for gzip. Each chunk is written to a file while both checksums are computed. When the request is complete, the files are synced and
 * renamed into the same kind of folders as in the application, which are then synced.
 */
export function receiver(folder: string): RequestListener {
  mkdirSync(folder, { recursive: true });
  let number = 0;
  return async (request, response) => {
    const query = new URL(request.url ?? "/", "http://localhost").searchParams;
    const [chunks, head, sent] = [Number(query.get("chunks")), Number(query.get("head")), Number(query.get("sent"))];
    const cut = cutter(request);
    const files: Written[] = [];
    for (let index = 0; index < chunks; index += 1) {
      for await (const _ of cut(head));
      const bytes = query.has("packed") ? gunzipped(cut(sent)) : cut(sent);
      files.push(await write(path.join(folder, `unfinished-${(number += 1)}`), bytes));
      for await (const _ of cut(2));
    }
    for await (const _ of cut(Number.POSITIVE_INFINITY));
    await Promise.all(files.map((file) => store(folder, file)));
    response.writeHead(200, { "content-length": 0 }).end();
  };
}

/** Returns a function that reads the next bytes of a request, up to `length`. */
function cutter(request: IncomingMessage): (length: number) => AsyncIterable<Buffer> {
  const parts: AsyncIterator<Buffer> = request[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async function* cut(length) {
    for (let missing = length; missing > 0;) {
      if (rest.length === 0) {
        const next = await parts.next();
        if (next.done === true) return;
        rest = next.value;
      }
      const piece = rest.subarray(0, missing);
      rest = rest.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  };
}

async function* gunzipped(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  const feed = async () => {
    for await (const piece of packed) if (!gunzip.write(piece)) await new Promise((resolve) => gunzip.once("drain", resolve));
    gunzip.end();
  };
  const fed = feed();
  yield* gunzip;
  await fed;
}

type Written = { readonly file: string; readonly handle: FileHandle; readonly sha256: string; readonly sha1: string };

async function write(file: string, bytes: AsyncIterable<Buffer>): Promise<Written> {
  const handle = await open(file, "wx");
  const [sha256, sha1] = [createHash("sha256"), createHash("sha1")];
  for await (const piece of bytes) {
    sha256.update(piece);
    sha1.update(piece);
    await handle.write(piece);
  }
  return { file, handle, sha256: sha256.digest("hex"), sha1: sha1.digest("hex") };
}

async function store(folder: string, { file, handle, sha256, sha1 }: Written): Promise<void> {
  await handle.sync();
  await handle.close();
  const place = path.join(folder, sha256.slice(0, 2));
  await mkdir(place, { recursive: true });
  await rename(file, path.join(place, `${sha256}-${sha1}`));
  const directory = await open(place);
  await directory.sync();
  await directory.close();
}
