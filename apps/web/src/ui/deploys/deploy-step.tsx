import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import type { OrganizationUrls } from "../addresses.ts";
import { shortVersion } from "../find/short-version.ts";
import { PageLink } from "../page-link.tsx";
import { previousVersions } from "./from-versions.ts";
import { DeployKindChip } from "./kind-chip.tsx";
import classes from "./deploy-step.module.css";

/** What took the place of what: the version before leads to what changed since, the one after it to its page. */
export function DeployStep({ to, deploy }: { readonly to: OrganizationUrls; readonly deploy: EnvironmentDeployView }) {
  const before = previousVersions(deploy);
  const [first, ...others] = before;
  const told = before.map(({ version, projects }) => `${version} (${projects.join(", ")})`).join("; ");
  return (
    <span className={classes["step"]}>
      {first && (
        <>
          <PageLink
            href={to.compare({ base: first.version, head: deploy.version })}
            className={classes["from"]}
            title={others.length > 0 ? told : `What changed since ${first.version}`}
          >
            <span className="cut">{shortVersion(first.version)}</span>
            {others.length > 0 && <small>+{others.length}</small>}
          </PageLink>
          <span className={classes["arrow"]}>→</span>
        </>
      )}
      <PageLink href={to.release(deploy.version)} data-open="" className={`${classes["to"]} cut`} title={deploy.version}>
        {shortVersion(deploy.version)}
      </PageLink>
      <DeployKindChip kind={deploy.kind} />
    </span>
  );
}
