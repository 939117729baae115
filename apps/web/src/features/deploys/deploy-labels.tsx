import type { PersonBriefView } from "@landfall/schema/brief";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { Avatar } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import classes from "./deploy-labels.module.css";

/** The avatar of a deployer, or a key icon for an organization token. */
export function Deployer({ deployer }: { readonly deployer: Pick<PersonBriefView, "name" | "email" | "isBot"> | null }) {
  if (deployer) return <Avatar {...deployer} />;
  return (
    <span className={classes["token"]} title="Reported with an organization token">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="5.5" cy="10.5" r="2.75" />
        <path d="m7.5 8.5 5.5-5.5m-2 2 1.75 1.75" />
      </svg>
      <span className="unseen">organization token</span>
    </span>
  );
}

/** The kind of a deploy; nothing for a deploy of a later version. */
export function DeployKindChip({ kind }: { readonly kind: EnvironmentDeployView["kind"] }) {
  const text = describeDeployKind(kind);
  if (!text) return null;
  return (
    <Chip tone={kind === "back" ? "warn" : "plain"} title={text.long}>
      {text.short}
    </Chip>
  );
}

/** Returns a short and a long text for the kind of a deploy; null for the usual deploy of a later version. */
export function describeDeployKind(kind: EnvironmentDeployView["kind"]): { readonly short: string; readonly long: string } | null {
  switch (kind) {
    case "forward":
      return null;
    case "first":
      return { short: "First", long: "First deploy of these projects to this environment" };
    case "again":
      return { short: "Redeployed", long: "The current version was deployed again" };
    case "back":
      return { short: "Rolled back", long: "An older version replaced a later one" };
  }
}
