import type { ChangeLocationView } from "@landfall/schema/releases/search";

type StateFacts = {
  /** The environment, as it is named in the sentence: "production", "production of web". */
  readonly environment: string;
  /** Since when a live change is there: "for 3 h", "since 2026-01-31 12:00 UTC". */
  readonly since: string;
  /** The current versions. */
  readonly versions: string;
};

/** Describes whether a change is in an environment: "live in production for 3 h (web 4.3.1)", "not yet in production (still web 4.2.0)". */
export function describeState(state: ChangeLocationView["state"], { environment, since, versions }: StateFacts): string {
  switch (state) {
    case "live":
      return `live in ${environment} ${since} (${versions})`;
    case "passed":
      return `in ${environment} in a later version (${versions})`;
    case "rolled-back":
      return `no longer in ${environment} (now ${versions})`;
    case "missing":
      return `not yet in ${environment} (still ${versions})`;
  }
}
