/** One file of a bundle, as its directory declares it. Sizes are bytes and are held to when the file is read. */
export interface ArchiveEntry {
  readonly name: string;
  readonly size: number;
  readonly packedSize: number;
  readonly isDeflated: boolean;
  readonly crc32: number;
  /** Where the entry's own header stands in the bundle. */
  readonly offset: number;
}
