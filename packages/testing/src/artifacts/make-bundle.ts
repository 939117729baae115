import { crc32, deflateRawSync } from "node:zlib";

type BundleFile = {
  readonly url?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content: string;
};

/** A bundle of a test: its files by their path in it, and further properties of its manifest. */
export type BundleParts = { readonly files: Readonly<Record<string, BundleFile>>; readonly [key: string]: unknown };

/** An artifact bundle as sentry-cli makes them: an 8-byte header, the files, and the manifest at the end. */
export function makeBundle({ files, ...manifest }: BundleParts): Uint8Array<ArrayBuffer> {
  const listed = Object.fromEntries(Object.entries(files).map(([path, { content: _content, ...file }]) => [path, file]));
  const contents = Object.entries(files).map(([path, { content }]) => [path, content] as const);
  return zipOf([...contents, ["manifest.json", JSON.stringify({ ...manifest, files: listed })]], true);
}

/** A compressed ZIP of texts, with the header of a bundle if `isBundle`. */
export function zipOf(contents: readonly (readonly [path: string, content: string])[], isBundle = false): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = isBundle ? [Buffer.from("SYSB"), numbers([2, 4])] : [];
  const directory: Buffer[] = [];
  let length = isBundle ? 8 : 0;
  for (const [path, content] of contents) {
    const name = Buffer.from(path);
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const shared = numbers(
      [20, 2],
      [0x800, 2],
      [8, 2],
      [0, 4],
      [crc32(data), 4],
      [packed.length, 4],
      [data.length, 4],
      [name.length, 2],
      [0, 2],
    );
    const local = Buffer.concat([numbers([0x04034b50, 4]), shared, name, packed]);
    directory.push(Buffer.concat([numbers([0x02014b50, 4], [20, 2]), shared, numbers([0, 2], [0, 2], [0, 2], [0, 4], [length, 4]), name]));
    parts.push(local);
    length += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = numbers([0x06054b50, 4], [0, 4], [contents.length, 2], [contents.length, 2], [listed.length, 4], [length, 4], [0, 2]);
  return new Uint8Array(Buffer.concat([...parts, listed, end]));
}

/** Integers of the given numbers of bytes, little-endian. */
function numbers(...values: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
