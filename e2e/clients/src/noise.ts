import { createCipheriv } from "node:crypto";

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
