import type { ReleaseArtifactsView } from "@landfall/schema/artifacts/artifact-bundles";
import { formatBytes, formatCount, shellQuote } from "#ui/format.ts";

/** How much was uploaded for a release, in words: "412 files in 3 bundles, 12.4 MiB; 2 single files, 3.0 KiB; for no dist and ios". */
export function describeArtifacts(told: ReleaseArtifactsView): string {
  const parts = [
    told.bundles > 0 &&
      `${formatCount(told.bundledFiles, "file")} in ${formatCount(told.bundles, "bundle")}, ${formatBytes(told.bundledSize)}`,
    told.files > 0 && `${formatCount(told.files, "single file")}, ${formatBytes(told.filesSize)}`,
    told.archives > 0 &&
      `${formatCount(told.members, "file")} in ${formatCount(told.archives, "archive")}, ${formatBytes(told.archivesSize)}`,
    told.dists.some((dist) => dist !== null) && `for ${listed(told.dists.map((dist) => dist ?? "no dist"))}`,
  ];
  return parts.filter((part) => part !== false).join("; ");
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** The commands that upload what a build made, for a release or, without one, to be found by debug id. */
export function uploadCommands(version: string | null, project: string | null): readonly string[] {
  const released = version === null ? "" : ` --release=${shellQuote(version)}`;
  const named = project === null ? "" : ` -p ${shellQuote(project)}`;
  return ["sentry-cli sourcemaps inject ./dist", `sentry-cli sourcemaps upload${named}${released} ./dist`];
}
