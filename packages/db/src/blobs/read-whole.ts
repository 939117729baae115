/** All the bytes of a stream in one piece: for what is known to be small. */
export async function readWhole(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(Buffer.concat(await Array.fromAsync(parts)));
}
