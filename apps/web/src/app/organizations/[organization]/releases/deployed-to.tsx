import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { Chip } from "../../../../ui/chip.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./deployed-to.module.css";

/** How many have a chip, where there is the most room and where there is less. */
const CHIP_LIMIT = 4;
const CHIP_COUNTS = [4, 3, 2, 1];

type DeployedToProps = {
  readonly line: ReleaseLineView;
  /** Environments the list is filtered by: they come first. */
  readonly chosen: readonly string[];
  readonly to: OrganizationUrls;
};

/** Every environment a release was deployed to, each with when it last was; those it is in now are marked. */
export function DeployedTo({ line: { environments }, chosen, to }: DeployedToProps) {
  if (environments.length === 0) return <span className="soft">nowhere yet</span>;
  const inOrder = environments.toSorted((a, b) => Number(chosen.includes(b.name)) - Number(chosen.includes(a.name)));
  return (
    <span className={classes["environments"]}>
      {inOrder.slice(0, CHIP_LIMIT).map(({ name, dateFinished, projects, isCurrent }) => (
        <PageLink key={name} href={to.environment(name)} data-current={isCurrent || undefined}>
          <Chip
            tone={isCurrent ? "ok" : "plain"}
            title={`${name}: ${isCurrent ? "it is there now" : "something else was deployed since"}; deployed for ${projects === 1 ? "one project" : `${projects} projects`}`}
          >
            {isCurrent && <span className="unseen">now in</span>}
            <span className="cut">{name}</span> <TimeAgo at={dateFinished} />
          </Chip>
        </PageLink>
      ))}
      {CHIP_COUNTS.map((room) => {
        const rest = inOrder.slice(room);
        if (rest.length === 0) return null;
        return (
          <small
            key={room}
            data-room={room}
            className="soft"
            title={rest.map(({ name, dateFinished }) => `${name}: ${dateFinished}`).join("\n")}
          >
            +{rest.length}
          </small>
        );
      })}
    </span>
  );
}
