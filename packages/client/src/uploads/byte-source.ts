/** Bytes that can be read anywhere: a file on disk, a buffer. No more of them are in memory than are being sent. */
export type ByteSource = {
  /** How many bytes there are. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`. Is never asked for bytes past `size`. */
  read(offset: number, length: number): Promise<Uint8Array>;
};
