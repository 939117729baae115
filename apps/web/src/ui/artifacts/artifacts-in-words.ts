import type { ReleaseArtifactsView } from "@landfall/schema/views/bundle-line";
import { formatBytes } from "../bytes-text.ts";
import { formatCount } from "../counted.ts";

/** How much was uploaded for a release, in words: "412 files in 3 bundles, 12.4 MiB; 2 single files, 3.0 KiB; for no dist and ios". */
export function describeArtifacts(told: ReleaseArtifactsView): string {
  const parts = [
    told.bundles > 0 && `${formatCount(told.bundledFiles, "file")} in ${formatCount(told.bundles, "bundle")}, ${formatBytes(told.bundledSize)}`,
    told.files > 0 && `${formatCount(told.files, "single file")}, ${formatBytes(told.filesSize)}`,
    told.archives > 0 && `${formatCount(told.members, "file")} in ${formatCount(told.archives, "archive")}, ${formatBytes(told.archivesSize)}`,
    told.dists.some((dist) => dist !== null) && `for ${listed(told.dists.map((dist) => dist ?? "no dist"))}`,
  ];
  return parts.filter((part) => part !== false).join("; ");
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
