import type { EnvironmentDeployView } from "@landfall/schema/views/board";

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
