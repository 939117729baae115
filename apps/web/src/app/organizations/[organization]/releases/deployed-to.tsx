import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import type { Addresses } from "../../../../ui/addresses.ts";
import { Chip } from "../../../../ui/chip.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./deployed-to.module.css";

/** How many have a chip. */
const SHOWN = 4;

type DeployedToProps = {
  readonly line: ReleaseLineView;
  /** Environments the list is filtered by: they come first. */
  readonly chosen: readonly string[];
  readonly to: Addresses;
};

/** Every environment a release was deployed to, each with when it last was. */
export function DeployedTo({ line: { environments }, chosen, to }: DeployedToProps) {
  if (environments.length === 0) return <span className="soft">nowhere yet</span>;
  const inOrder = environments.toSorted((a, b) => Number(chosen.includes(b.name)) - Number(chosen.includes(a.name)));
  const rest = inOrder.slice(SHOWN);
  return (
    <span className={classes["environments"]}>
      {inOrder.slice(0, SHOWN).map(({ name, dateFinished, projects }) => (
        <PageLink key={name} href={to.environment(name)}>
          <Chip title={`${name}: last deployed for ${projects === 1 ? "one project" : `${projects} projects`}`}>
            <span className="cut">{name}</span> <TimeAgo at={dateFinished} />
          </Chip>
        </PageLink>
      ))}
      {rest.length > 0 && (
        <small className="soft" title={rest.map(({ name, dateFinished }) => `${name}: ${dateFinished}`).join("\n")}>
          +{rest.length}
        </small>
      )}
    </span>
  );
}
