import { formatBytes, formatCount } from "@landfall/domain/format";
import type { ReleaseArtifactsView } from "@landfall/schema/artifacts/artifact-bundles";
import { shellQuote } from "#ui/format.ts";

/** Describes the artifacts of a release: "412 files in 3 bundles, 12.4 MiB; 2 single files, 3.0 KiB; for no dist and ios". */
export function describeArtifacts(artifacts: ReleaseArtifactsView): string {
  const parts = [
    artifacts.bundles > 0 &&
      `${formatCount(artifacts.bundledFiles, "file")} in ${formatCount(artifacts.bundles, "bundle")}, ${formatBytes(artifacts.bundledSize)}`,
    artifacts.files > 0 && `${formatCount(artifacts.files, "single file")}, ${formatBytes(artifacts.filesSize)}`,
    artifacts.archives > 0 &&
      `${formatCount(artifacts.members, "file")} in ${formatCount(artifacts.archives, "archive")}, ${formatBytes(artifacts.archivesSize)}`,
    artifacts.dists.some((dist) => dist !== null) && `for ${joinNames(artifacts.dists.map((dist) => dist ?? "no dist"))}`,
  ];
  return parts.filter((part) => part !== false).join("; ");
}

const joinNames = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Returns the commands that upload the output of a build, for a release or, without one, to be found by debug id. */
export function uploadCommands(version: string | null, project: string | null): readonly string[] {
  const releaseOption = version === null ? "" : ` --release=${shellQuote(version)}`;
  const projectOption = project === null ? "" : ` -p ${shellQuote(project)}`;
  return ["sentry-cli sourcemaps inject ./dist", `sentry-cli sourcemaps upload${projectOption}${releaseOption} ./dist`];
}
