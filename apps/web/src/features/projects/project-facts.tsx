import type { ProjectView } from "@landfall/schema/organizations/organizations";
import type { ReleaseTallyView } from "@landfall/schema/organizations/projects";
import type { ReleaseLineView, VersionScheme } from "@landfall/schema/releases/release-list";
import { shortVersion } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";

type ProjectFactsProps = {
  readonly to: OrganizationUrls;
  readonly project: ProjectView;
  /** Its newest releases. */
  readonly lines: readonly ReleaseLineView[];
  readonly tally: ReleaseTallyView | undefined;
};

/** What a project is, in a line. */
export function ProjectFacts({ to, project, lines, tally }: ProjectFactsProps) {
  const { slug, name, platform, latestRelease, teams } = project;
  const facts = [name === slug ? null : slug, platform, describeSchemes(lines.map(({ scheme }) => scheme))].filter(Boolean);
  return (
    <>
      {facts.join(" · ")}
      {facts.length > 0 && " · "}
      {tally && (
        <>
          <PageLink href={to.releases({ project: slug })}>
            {tally.count.toLocaleString("en")}
            {tally.isCapped && "+"} {tally.count === 1 ? "release" : "releases"}
          </PageLink>
        </>
      )}
      {latestRelease && (
        <>
          {", the latest "}
          <PageLink href={to.release(latestRelease.version)} title={latestRelease.version}>
            {shortVersion(latestRelease.version)}
          </PageLink>
        </>
      )}
      {teams.length > 0 && ` · ${teams.length === 1 ? "team" : "teams"} ${teams.map((team) => team.name).join(", ")}`}
    </>
  );
}

const SCHEME_LABELS: Readonly<Record<VersionScheme, string>> = {
  semver: "semantic versions",
  calver: "versions by date",
  build: "build numbers",
  hash: "versions that are hashes",
  text: "versions of any text",
};

/** How a project numbers its versions, from those of its newest releases; null where there are none. */
export function describeSchemes(schemes: readonly VersionScheme[]): string | null {
  const [first, second] = [...Map.groupBy(schemes, (scheme) => scheme)].toSorted(([, a], [, b]) => b.length - a.length);
  if (!first) return null;
  return second ? `mostly ${SCHEME_LABELS[first[0]]}` : SCHEME_LABELS[first[0]];
}
