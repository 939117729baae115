/** What a file of a bundle is; `unknown` when the manifest does not say, or says a type of its own. */
export type FileType = "unknown" | "source" | "minified_source" | "source_map" | "indexed_ram_bundle";

/** The number that answers carry as `fileType`, and that is stored. */
export const fileTypeNumbers: Readonly<Record<FileType, number>> = {
  unknown: 0,
  source: 1,
  minified_source: 2,
  source_map: 3,
  indexed_ram_bundle: 4,
};

export function fileTypeOf(text: unknown): FileType {
  if (text === "source" || text === "minified_source" || text === "source_map" || text === "indexed_ram_bundle") return text;
  return "unknown";
}
