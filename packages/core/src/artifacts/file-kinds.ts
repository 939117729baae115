import { fileTypeNumbers } from "@landfall/artifacts/manifest/file-type";
import type { FileKind } from "@landfall/schema/views/bundle-line";

/** The number each kind of file is stored as. */
export const KIND_NUMBERS: Readonly<Record<FileKind, number>> = {
  unknown: fileTypeNumbers.unknown,
  source: fileTypeNumbers.source,
  minified: fileTypeNumbers.minified_source,
  map: fileTypeNumbers.source_map,
  "ram-bundle": fileTypeNumbers.indexed_ram_bundle,
};

/** The kind that is stored as this number. */
export function kindOf(type: number): FileKind {
  switch (type) {
    case KIND_NUMBERS.source:
      return "source";
    case KIND_NUMBERS.minified:
      return "minified";
    case KIND_NUMBERS.map:
      return "map";
    case KIND_NUMBERS["ram-bundle"]:
      return "ram-bundle";
    default:
      return "unknown";
  }
}
