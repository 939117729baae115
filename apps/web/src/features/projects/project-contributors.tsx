import { formatCount } from "@landfall/domain/format";
import type { PersonBriefView } from "@landfall/schema/brief";
import type { ReleaseLineView } from "@landfall/schema/releases/release-list";
import { Avatar } from "#ui/avatar.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import classes from "./project-contributors.module.css";

type ProjectContributorsProps = {
  readonly to: OrganizationUrls;
  /** The newest releases of the project. */
  readonly lines: readonly ReleaseLineView[];
};

/** The contributors of a project's newest releases. */
export function ProjectContributors({ to, lines }: ProjectContributorsProps) {
  const contributors = contributorsOf(lines);
  if (contributors.length === 0) return <EmptyState title="No commits reported for the newest releases" />;
  return (
    <>
      <ul className={classes["contributors"]}>
        {contributors.map(({ person, releases }) => (
          <li key={person.email}>
            <Avatar {...person} />
            <PageLink href={to.person(person.email)} className="cut">
              {person.name ?? person.email}
            </PageLink>
            <small className="soft">{formatCount(releases, "release")}</small>
          </li>
        ))}
      </ul>
      <p className="soft">In the newest {lines.length === 1 ? "release" : `${lines.length} releases`}.</p>
    </>
  );
}

/** A contributor, and the number of releases with their commits. */
export type ProjectContributor = { readonly person: PersonBriefView; readonly releases: number };

/** Returns the contributors of these releases, people before bots, those in most releases first. */
export function contributorsOf(lines: readonly Pick<ReleaseLineView, "people">[]): ProjectContributor[] {
  const byEmail = Map.groupBy(
    lines.flatMap(({ people }) => people),
    ({ email }) => email,
  );
  return [...byEmail.values()]
    .flatMap((same) => {
      const [person] = same;
      return person ? [{ person, releases: same.length }] : [];
    })
    .toSorted((a, b) => Number(a.person.isBot) - Number(b.person.isBot) || b.releases - a.releases);
}
