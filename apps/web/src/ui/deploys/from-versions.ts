import type { EnvironmentDeployView } from "@landfall/schema/views/board";

/** A version that a deploy took the place of, and for which of its projects. */
export type PreviousVersion = { readonly version: string; readonly projects: readonly string[] };

/** What a deploy took the place of, each version once, that of most projects first; a deployed version itself and first ones are left out. */
export function previousVersions({ version, projects }: Pick<EnvironmentDeployView, "version" | "projects">): PreviousVersion[] {
  const before = projects.flatMap(({ slug, from }) => (from === null || from === version ? [] : [{ slug, from }]));
  return [...Map.groupBy(before, ({ from }) => from)]
    .map(([from, mine]) => ({ version: from, projects: mine.map(({ slug }) => slug) }))
    .toSorted((a, b) => b.projects.length - a.projects.length);
}
