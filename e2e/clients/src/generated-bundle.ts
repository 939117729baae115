import { createCipheriv } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ByteSource } from "@landfall/client/uploads/chunks";

const MiB = 1024 * 1024;

/** Servers take no larger file in a bundle than 512 MiB. */
const LARGEST_FILE = 480 * MiB;

/** Some bytes of a bundle, in order; `at` answers those from an offset. */
type Section = { readonly length: number; readonly at: (offset: number, length: number) => Buffer };

/** An artifact bundle whose files are of noise, `bytes` in all, and which is made as it is read: none of it is kept. */
export function generatedBundle(bytes: number): ByteSource {
  const sections: Section[] = [];
  const directory: Buffer[] = [];
  let size = 0;
  const add = (...more: readonly Section[]) => {
    for (const section of more) size += section.length;
    sections.push(...more);
  };
  const addFile = (path: string, content: Section) => {
    const name = Buffer.from(path);
    // Not packed, with names in UTF-8, of no date.
    const told = numbers(
      [20, 2],
      [0x800, 2],
      [0, 2],
      [0, 4],
      [sumOf(content), 4],
      [content.length, 4],
      [content.length, 4],
      [name.length, 2],
      [0, 2],
    );
    directory.push(numbers([0x02014b50, 4], [20, 2]), told, numbers([0, 2], [0, 2], [0, 2], [0, 4], [size, 4]), name);
    add(held(numbers([0x04034b50, 4]), told, name), content);
  };

  add(held(Buffer.from("SYSB"), numbers([2, 4])));
  const files: Record<string, unknown> = {};
  for (let kind = 0; kind * LARGEST_FILE < bytes; kind++) {
    addFile(`files/_/_/${kind}.js`, {
      length: Math.min(LARGEST_FILE, bytes - kind * LARGEST_FILE),
      at: (offset, length) => noise(kind, offset, length),
    });
    files[`files/_/_/${kind}.js`] = { type: "minified_source", url: `~/${kind}.js` };
  }
  addFile("manifest.json", held(Buffer.from(JSON.stringify({ files }))));
  const listed = held(...directory);
  const count = Object.keys(files).length + 1;
  const end = numbers([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [listed.length, 4], [size, 4], [0, 2]);
  add(listed, held(end));
  return { size, read: async (offset, length) => cut(sections, offset, length) };
}

function held(...parts: readonly Buffer[]): Section {
  const bytes = Buffer.concat(parts);
  return { length: bytes.length, at: (offset, length) => bytes.subarray(offset, offset + length) };
}

function sumOf({ length, at }: Section): number {
  let sum = 0;
  for (let offset = 0; offset < length; offset += MiB) sum = crc32(at(offset, Math.min(MiB, length - offset)), sum);
  return sum;
}

function cut(sections: readonly Section[], offset: number, length: number): Buffer {
  const parts: Buffer[] = [];
  let start = 0;
  for (const section of sections) {
    const [from, to] = [Math.max(offset, start), Math.min(offset + length, start + section.length)];
    if (from < to) parts.push(section.at(from - start, to - from));
    start += section.length;
  }
  return Buffer.concat(parts);
}

/** Whole numbers of so many bytes each, the least byte first. */
function numbers(...values: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}

/** The counter of AES steps once in so many bytes. */
const BLOCK = 16;

/** Bytes that hardly pack, from any offset: always the same of one `kind`, from 0 to 255, and made as they are asked for. */
export function noise(kind: number, offset: number, length: number): Buffer {
  const counter = Buffer.alloc(BLOCK);
  counter.writeBigUInt64BE(BigInt(Math.floor(offset / BLOCK)), BLOCK - 8);
  const before = offset % BLOCK;
  return createCipheriv("aes-128-ctr", Buffer.alloc(16, kind), counter)
    .update(Buffer.alloc(before + length))
    .subarray(before);
}
