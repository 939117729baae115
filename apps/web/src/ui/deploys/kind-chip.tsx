import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import { Chip } from "../chip.tsx";
import { kindWords } from "./kind-words.ts";

/** What a deploy did to its environment, where that is more than a step to a later version. */
export function KindChip({ kind }: { readonly kind: EnvironmentDeployView["kind"] }) {
  const words = kindWords(kind);
  if (!words) return null;
  return (
    <Chip tone={kind === "back" ? "warn" : "plain"} title={words.long}>
      {words.short}
    </Chip>
  );
}
