import type { DeletionPreviewView } from "@landfall/schema/views/release-admin";
import { formatCount } from "../../../../../ui/counted.ts";

/** What goes with a release, a line each. */
export function describeDeletion({ projects, commits, deploys, environments, notes }: DeletionPreviewView): string[] {
  return [
    `its place in ${projects.length > 3 ? formatCount(projects.length, "project") : projects.map(({ slug }) => slug).join(", ")}`,
    ...(commits > 0 ? [`which ${formatCount(commits, "commit")} ${commits === 1 ? "was" : "were"} in it`] : []),
    ...(deploys > 0 ? [`${formatCount(deploys, "deploy")}, with all that is told of them`] : []),
    ...environments.map(({ name, projects }) => `that it is what runs in ${name} of ${projects.join(", ")}`),
    ...(notes ? ["the notes somebody wrote"] : []),
  ];
}
