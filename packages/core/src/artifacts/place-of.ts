import type { ArchiveEntry } from "@landfall/artifacts/archive/archive-entry";
import type { MemberPlace } from "@landfall/db/tables/artifacts";

/** Where a file of an archive is found again, without reading the archive's list of files. */
export const toMemberPlace = ({ name: path, offset, compressedSize, method, crc32 }: ArchiveEntry): MemberPlace => ({
  path,
  offset,
  compressedSize,
  method,
  crc32,
});

/** The entry of a member, as it was when it was stored. */
export const toArchiveEntry = ({ path: name, ...place }: MemberPlace, size: number): ArchiveEntry => ({ name, size, ...place });
