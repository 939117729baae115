import { crc32, deflateRawSync } from "node:zlib";

/** One entry, and values of its headers that differ from the correct ones. */
export interface ZipEntry {
  readonly name: string | Uint8Array;
  readonly data?: string | Uint8Array;
  readonly stored?: boolean;
  /** Compressed bytes to write unchanged, instead of compressing `data`. */
  readonly packed?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly offset?: number;
  readonly mode?: number;
  readonly zip64?: boolean;
  readonly extra?: Uint8Array;
}

export interface ZipShape {
  /** The version in the 8-byte header of bundles; offsets include it. */
  readonly bundleVersion?: number | undefined;
  readonly comment?: Uint8Array | undefined;
  readonly entryCount?: number | undefined;
  readonly zip64?: boolean | undefined;
}

/** Builds a ZIP, byte by byte, with the requested errors. */
export function buildZip(entries: readonly ZipEntry[], shape: ZipShape = {}): Uint8Array {
  const parts: Buffer[] = [];
  let length = 0;
  const add = (...bytes: Uint8Array[]) => {
    for (const part of bytes) {
      parts.push(Buffer.from(part));
      length += part.byteLength;
    }
  };
  if (shape.bundleVersion !== undefined) add(Buffer.from("SYSB"), little(4, shape.bundleVersion));
  const directory: Buffer[] = [];
  for (const entry of entries) {
    const { local, central } = headers(entry, length);
    add(...local);
    directory.push(central);
  }
  const start = length;
  add(...directory);
  const size = length - start;
  const count = shape.entryCount ?? entries.length;
  if (shape.zip64) {
    const record = length;
    add(little(4, 0x06064b50), little(8, 44), little(2, 45), little(2, 45), little(4, 0), little(4, 0));
    add(little(8, count), little(8, count), little(8, size), little(8, start));
    add(little(4, 0x07064b50), little(4, 0), little(8, record), little(4, 1));
  }
  const comment = shape.comment ?? new Uint8Array(0);
  add(little(4, 0x06054b50), little(2, 0), little(2, 0), little(2, Math.min(count, 0xffff)), little(2, Math.min(count, 0xffff)));
  add(little(4, size), little(4, shape.zip64 ? 0xffffffff : start), little(2, comment.byteLength), comment);
  return Buffer.concat(parts);
}

function headers(entry: ZipEntry, position: number): { local: Buffer[]; central: Buffer } {
  const name = Buffer.from(entry.name);
  const data = Buffer.from(entry.data ?? "");
  const method = entry.method ?? (entry.stored ? 0 : 8);
  const packed = Buffer.from(entry.packed ?? (method === 8 ? deflateRawSync(data) : data));
  const size = entry.size ?? data.byteLength;
  const packedSize = entry.packedSize ?? packed.byteLength;
  const offset = entry.offset ?? position;
  const wide = entry.zip64
    ? Buffer.concat([little(2, 1), little(2, 24), little(8, size), little(8, packedSize), little(8, offset)])
    : Buffer.alloc(0);
  const extra = Buffer.concat([wide, entry.extra ?? Buffer.alloc(0)]);
  const narrow = (value: number) => little(4, entry.zip64 ? 0xffffffff : value);
  const flags = entry.flags ?? 0x800;
  const shared = [little(2, 20), little(2, flags), little(2, method), little(4, 0), little(4, entry.crc ?? crc32(data))];
  const local = [
    little(4, 0x04034b50),
    ...shared,
    narrow(packedSize),
    narrow(size),
    little(2, name.byteLength),
    little(2, 0),
    name,
    packed,
  ];
  const start = [little(4, 0x02014b50), little(2, 0x0314), ...shared, narrow(packedSize), narrow(size)];
  const lengths = [little(2, name.byteLength), little(2, extra.byteLength), little(2, 0), little(2, 0), little(2, 0)];
  const central = Buffer.concat([...start, ...lengths, little(4, (entry.mode ?? 0o100644) * 0x10000), narrow(offset), name, extra]);
  return { local, central };
}

function little(bytes: number, value: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value));
  else buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}
