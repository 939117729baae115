import { formatRelease, formatProjectRelease } from "@landfall/domain/versions/release-name";
import { describeState } from "@landfall/domain/environments/change-state";
import { formatCount } from "@landfall/domain/format";
import type { ChangeLocationView, FoundChangeView } from "@landfall/schema/releases/search";
import { formatFor } from "#ui/format.ts";

/** A change's releases and environments. */
export type ChangeLocation = Pick<FoundChangeView, "releaseCount" | "environments"> & {
  /** Newest first. */
  readonly releases: readonly { readonly version: string }[];
};

/** How many environments one line describes. */
const CLAUSE_LIMIT = 4;

/** How many projects of each environment. */
const PROJECT_LIMIT = 2;

/**
 * Describes where a change is in one line: "live in production for 3 h (web 4.3.1), in staging in a later version (web
 * 4.4.0), no longer in dev (now web 4.2.0)".
 */
export function describeLocation({ releases, releaseCount, environments }: ChangeLocation, now: Date): string {
  const [newest] = releases;
  if (!newest) return "not in a release yet";
  if (environments.length === 0)
    return `in ${releaseCount === 1 ? formatRelease(newest.version) : formatCount(releaseCount, "release")}, not deployed yet`;
  const clauses = groupByState(environments);
  const shown = clauses.slice(0, CLAUSE_LIMIT).map((places) => describeEnvironment(places, now));
  const more = clauses.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

/** Describes one environment: "live in production for 3 h (web 4.3.1)". */
export function describeEnvironment(places: EnvironmentPlaces, now: Date): string {
  const [{ environment, state }] = places;
  return describeState(state, { environment, since: liveDuration(places, now), versions: versionsOf(places) });
}

/** How long a change is live: since the first project has it. */
function liveDuration(places: EnvironmentPlaces, now: Date): string {
  const first = Math.min(...places.map(({ date }) => Date.parse(date)));
  return formatFor(new Date(first), now);
}

function versionsOf(places: EnvironmentPlaces): string {
  const shown = places.slice(0, PROJECT_LIMIT).map(({ project, version }) => formatProjectRelease(project.slug, version));
  const more = places.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

type LocationState = ChangeLocationView["state"];

/** The locations in one environment that have the same state. */
type EnvironmentPlaces = readonly [ChangeLocationView, ...ChangeLocationView[]];

/** The order of the states of one environment. */
const STATES: readonly LocationState[] = ["live", "passed", "missing", "rolled-back"];

/** Groups locations by environment and state, in the order of the environments. */
export function groupByState(environments: readonly ChangeLocationView[]): EnvironmentPlaces[] {
  const byName = Map.groupBy(environments, ({ environment }) => environment);
  return [...byName.values()].flatMap((places) =>
    STATES.flatMap((state) => {
      const [first, ...rest] = places.filter((place) => place.state === state);
      return first ? [[first, ...rest] as const] : [];
    }),
  );
}

type StateLabel = { readonly tone: "ok" | "info" | "warn" | "plain"; readonly icon: string; readonly label: string };

/** The tone, icon, and label of each state. */
export const STATE_LABELS: Readonly<Record<LocationState, StateLabel>> = {
  live: { tone: "ok", icon: "●", label: "live" },
  passed: { tone: "ok", icon: "✓", label: "in a later version" },
  "rolled-back": { tone: "warn", icon: "↶", label: "no longer deployed" },
  missing: { tone: "plain", icon: "○", label: "not yet" },
};

/** Returns the tone of a change: "ok" if every project has it in the first environment, "warn" if one was rolled back there, else "plain". */
export function locationTone({ environments }: Pick<FoundChangeView, "environments">): "ok" | "warn" | "plain" {
  const first = environments[0]?.environment;
  const states = environments.filter(({ environment }) => environment === first).map(({ state }) => state);
  if (states.includes("rolled-back")) return "warn";
  return states.length > 0 && !states.includes("missing") ? "ok" : "plain";
}
