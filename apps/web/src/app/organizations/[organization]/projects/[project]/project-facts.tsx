import type { ReleaseTallyView } from "@landfall/schema/views/cadence";
import type { ProjectView } from "@landfall/schema/views/organization";
import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import { shortVersion } from "../../../../../ui/find/short-version.ts";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { describeSchemes } from "./scheme-in-words.ts";

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
