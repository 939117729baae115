/** Bytes that can be read anywhere: a file on disk, an object in a store, a buffer. Nothing here reads more of them than it needs. */
export interface RandomAccess {
  /** How many bytes there are. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`. Is never asked for bytes past `size`; throws when it cannot give them. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes that are in memory already. */
export function fromBytes(bytes: Uint8Array): RandomAccess {
  return { size: bytes.byteLength, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
}
