import { ReleaseName } from "#ui/release-name.tsx";
import { formatCount } from "@landfall/domain/format";
import type { ProjectView, ReleaseTallyView } from "@landfall/schema/organizations/projects";
import type { ReleaseLineView, VersionScheme } from "@landfall/schema/releases/release-list";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";

type ProjectFactsProps = {
  readonly to: OrganizationUrls;
  readonly project: ProjectView;
  /** Its newest releases. */
  readonly lines: readonly ReleaseLineView[];
  readonly tally: ReleaseTallyView | undefined;
};

/** A project's slug, platform, version scheme, releases, and teams in one line. */
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
            {tally.isCapped && "more than "}
            {formatCount(tally.count, "release")}
          </PageLink>
        </>
      )}
      {latestRelease && (
        <>
          {", latest: "}
          <PageLink href={to.release(latestRelease.version)}>
            <ReleaseName version={latestRelease.version} />
          </PageLink>
        </>
      )}
      {teams.length > 0 && ` · ${teams.length === 1 ? "team" : "teams"} ${teams.map((team) => team.name).join(", ")}`}
    </>
  );
}

const SCHEME_LABELS: Readonly<Record<VersionScheme, string>> = {
  semver: "semantic versions",
  calver: "date-based versions",
  build: "build numbers",
  hash: "commit hashes",
  text: "custom versions",
};

/** Describes the version scheme of a project's newest releases; null without releases. */
export function describeSchemes(schemes: readonly VersionScheme[]): string | null {
  const [first, second] = [...Map.groupBy(schemes, (scheme) => scheme)].toSorted(([, a], [, b]) => b.length - a.length);
  if (!first) return null;
  return second ? `mostly ${SCHEME_LABELS[first[0]]}` : SCHEME_LABELS[first[0]];
}
