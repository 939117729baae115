import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import { Avatar } from "../../../../../ui/face.tsx";
import { EmptyState } from "../../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { contributorsOf } from "./writers-of.ts";
import classes from "./writers.module.css";

type ProjectContributorsProps = {
  readonly to: OrganizationUrls;
  /** The newest releases of the project. */
  readonly lines: readonly ReleaseLineView[];
};

/** Who wrote the commits of a project's newest releases. */
export function ProjectContributors({ to, lines }: ProjectContributorsProps) {
  const writers = contributorsOf(lines);
  if (writers.length === 0) return <EmptyState title="No commits were reported with its newest releases" />;
  return (
    <>
      <ul className={classes["writers"]}>
        {writers.map(({ person, releases }) => (
          <li key={person.email}>
            <Avatar {...person} />
            <PageLink href={to.person(person.email)} className="cut">
              {person.name ?? person.email}
            </PageLink>
            <small className="soft">{releases === 1 ? "1 release" : `${releases} releases`}</small>
          </li>
        ))}
      </ul>
      <p className="soft">In the newest {lines.length === 1 ? "release" : `${lines.length} releases`}.</p>
    </>
  );
}
