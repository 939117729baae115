import type { ComparedSideView } from "@landfall/schema/views/compare";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { Chip } from "../../../../ui/chip.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import { formatCount } from "../../../../ui/counted.ts";
import classes from "./comparison.module.css";

type SideCardProps = {
  readonly to: OrganizationUrls;
  readonly name: "From" | "To";
  readonly side: ComparedSideView;
  /** It is the newer one of the two; null when neither is. */
  readonly isNewer: boolean | null;
};

/** One side of a comparison in short: which release, where, how old, how much. */
export function SideCard({ to, name, side: { release, place, projects, deploys }, isNewer }: SideCardProps) {
  const { version, dateCreated, dateReleased, commitCount, status } = release;
  return (
    <div className={classes["side"]}>
      <p className="soft">
        {name}
        {place && (
          <>
            {": "}
            <PageLink href={to.environment(place.deploy.environment, { project: place.project.slug })}>
              {place.deploy.environment}
            </PageLink>{" "}
            of <PageLink href={to.project(place.project.slug)}>{place.project.slug}</PageLink>, since{" "}
            <TimeAgo at={place.deploy.dateFinished} />
          </>
        )}
      </p>
      <p className={classes["version"]}>
        <PageLink href={to.release(version)}>{version}</PageLink>
        {isNewer !== null && <Chip tone={isNewer ? "info" : "plain"}>{isNewer ? "newer" : "older"}</Chip>}
        {status === "archived" && <Chip tone="warn">Archived</Chip>}
      </p>
      <p className="soft">
        {dateReleased ? (
          <>
            released <TimeAgo at={dateReleased} />
          </>
        ) : (
          <>
            created <TimeAgo at={dateCreated} />, not finalized
          </>
        )}
        {` · ${formatCount(commitCount, "commit")} · ${formatCount(deploys.total, "deploy")} · ${projects
          .slice(0, 3)
          .map(({ slug }) => slug)
          .join(", ")}`}
        {projects.length > 3 && ` and ${projects.length - 3} more`}
      </p>
    </div>
  );
}
