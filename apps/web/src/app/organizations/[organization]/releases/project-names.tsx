import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import classes from "./project-names.module.css";

/** How many are named. */
const NAME_LIMIT = 2;

type ProjectNamesProps = {
  readonly line: ReleaseLineView;
  /** Slugs the list is filtered by: they are named first. */
  readonly chosen: readonly string[];
  readonly to: OrganizationUrls;
};

/** The projects of a release, some of them by name. */
export function ProjectNames({ line: { projects, projectCount }, chosen, to }: ProjectNamesProps) {
  const named = projects.toSorted((a, b) => Number(chosen.includes(b.slug)) - Number(chosen.includes(a.slug))).slice(0, NAME_LIMIT);
  const more = projectCount - named.length;
  return (
    <span
      className={classes["names"]}
      title={`${projects.map(({ name }) => name).join(", ")}${projectCount > projects.length ? " …" : ""}`}
    >
      {named.map(({ slug }, index) => (
        <span key={slug}>
          <PageLink href={to.project(slug)} className="cut">
            {slug}
          </PageLink>
          {index < named.length - 1 && ","}
        </span>
      ))}
      {more > 0 && <small className="soft">+{more}</small>}
    </span>
  );
}
