/** Where one file of a bundle lies in it and what it must turn out to be; enough to read it later without the bundle's directory. */
export interface EntryPlace {
  /** Of the entry's own header, from the first byte of the bundle. */
  readonly offset: number;
  readonly compressedSize: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
}

/** One file of a bundle, as its directory declares it. Sizes are bytes and are held to when the file is read. */
export interface ArchiveEntry extends EntryPlace {
  readonly name: string;
  readonly size: number;
}
