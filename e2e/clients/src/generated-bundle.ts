import { createCipheriv } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ByteSource } from "@landfall/client/uploads/chunks";

const MiB = 1024 * 1024;

/** The server's limit for a file in a bundle is 512 MiB. */
const MAX_FILE_SIZE = 480 * MiB;

/** A part of a bundle; `at` returns its bytes from an offset. */
type Section = { readonly length: number; readonly at: (offset: number, length: number) => Buffer };

/** An artifact bundle with `bytes` of random files, generated while it is read and never in memory. */
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
    // Not compressed, with names in UTF-8, without a date.
    const entry = numbers(
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
    directory.push(numbers([0x02014b50, 4], [20, 2]), entry, numbers([0, 2], [0, 2], [0, 2], [0, 4], [size, 4]), name);
    add(held(numbers([0x04034b50, 4]), entry, name), content);
  };

  add(held(Buffer.from("SYSB"), numbers([2, 4])));
  const files: Record<string, unknown> = {};
  for (let kind = 0; kind * MAX_FILE_SIZE < bytes; kind++) {
    addFile(`files/_/_/${kind}.js`, {
      length: Math.min(MAX_FILE_SIZE, bytes - kind * MAX_FILE_SIZE),
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

/** Little-endian integers with the given sizes in bytes. */
function numbers(...values: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}

/** The AES block size in bytes. */
const BLOCK = 16;

/** Incompressible bytes from any offset, generated on demand: always the same for one `kind`, from 0 to 255. */
export function noise(kind: number, offset: number, length: number): Buffer {
  const counter = Buffer.alloc(BLOCK);
  counter.writeBigUInt64BE(BigInt(Math.floor(offset / BLOCK)), BLOCK - 8);
  const before = offset % BLOCK;
  return createCipheriv("aes-128-ctr", Buffer.alloc(16, kind), counter)
    .update(Buffer.alloc(before + length))
    .subarray(before);
}
