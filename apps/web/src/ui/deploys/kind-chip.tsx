import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import { Chip } from "../chip.tsx";
import { describeDeployKind } from "./kind-words.ts";

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
