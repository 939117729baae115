import type { PersonBriefView } from "@landfall/schema/brief";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { Avatar } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import classes from "./deploy-labels.module.css";

/** Who deployed: a person's face, or a key where it was a token of the organization. */
export function Deployer({ deployer }: { readonly deployer: Pick<PersonBriefView, "name" | "email" | "isBot"> | null }) {
  if (deployer) return <Avatar {...deployer} />;
  return (
    <span className={classes["token"]} title="Reported with a token of the organization">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="5.5" cy="10.5" r="2.75" />
        <path d="m7.5 8.5 5.5-5.5m-2 2 1.75 1.75" />
      </svg>
      <span className="unseen">a token</span>
    </span>
  );
}

/** What a deploy did to its environment, where that is more than a step to a later version. */
export function DeployKindChip({ kind }: { readonly kind: EnvironmentDeployView["kind"] }) {
  const words = describeDeployKind(kind);
  if (!words) return null;
  return (
    <Chip tone={kind === "back" ? "warn" : "plain"} title={words.long}>
      {words.short}
    </Chip>
  );
}

/** What a deploy did to its environment, in a word or two and in a sentence; null for the usual step to a later version. */
export function describeDeployKind(kind: EnvironmentDeployView["kind"]): { readonly short: string; readonly long: string } | null {
  switch (kind) {
    case "forward":
      return null;
    case "first":
      return { short: "First", long: "The first deploy of these projects to this environment" };
    case "again":
      return { short: "Again", long: "The version that was there already was deployed once more" };
    case "back":
      return { short: "Rolled back", long: "An older version took the place of a later one" };
  }
}
