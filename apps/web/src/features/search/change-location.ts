import type { ChangeLocationView, FoundChangeView } from "@landfall/schema/releases/search";
import { formatAgo, shortVersion } from "#ui/format.ts";

/** What is known of where a change is. */
export type ChangeLocation = Pick<FoundChangeView, "releaseCount" | "environments"> & {
  /** The newest first. */
  readonly releases: readonly { readonly version: string }[];
};

/** In one line so many environments and so many projects of each are told. */
const CLAUSES = 4;

const PROJECTS = 2;

/**
 * Where a change is in one line, production first: "live in production for 3 h (web 4.3.1), in staging by a later version (web 4.4.0),
 * gone from dev (now web 4.2.0)".
 */
export function describeLocation({ releases, releaseCount, environments }: ChangeLocation, now: Date): string {
  const [newest] = releases;
  if (!newest) return "in no release yet";
  if (environments.length === 0) return `in ${releaseCount === 1 ? newest.version : `${releaseCount} releases`}, deployed nowhere yet`;
  const clauses = groupByState(environments);
  const told = clauses.slice(0, CLAUSES).map((places) => describeEnvironment(places, now));
  const more = clauses.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

/** What is true of one environment: "live in production for 3 h (web 4.3.1)". */
export function describeEnvironment(places: EnvironmentPlaces, now: Date): string {
  const [{ environment, state }] = places;
  const what = versionsOf(places);
  if (state === "live") return `live in ${environment} ${liveDuration(places, now)} (${what})`;
  if (state === "passed") return `in ${environment} by a later version (${what})`;
  if (state === "gone") return `gone from ${environment} (now ${what})`;
  return `not yet in ${environment} (still ${what})`;
}

/** Since the first of them has it. */
function liveDuration(places: EnvironmentPlaces, now: Date): string {
  const first = Math.min(...places.map(({ date }) => Date.parse(date)));
  const passed = formatAgo(new Date(first), now);
  return passed === "now" ? "since just now" : `for ${passed}`;
}

function versionsOf(places: EnvironmentPlaces): string {
  const told = places.slice(0, PROJECTS).map(({ project, version }) => `${project.slug} ${shortVersion(version)}`);
  const more = places.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

type LocationState = ChangeLocationView["state"];

/** One environment, and the projects that are there in one state. */
type EnvironmentPlaces = readonly [ChangeLocationView, ...ChangeLocationView[]];

/** The order of the states of one environment; what is there goes first. */
const STATES: readonly LocationState[] = ["live", "passed", "missing", "gone"];

/** Places by environment, production first as views go the other way, and by state. */
export function groupByState(environments: readonly ChangeLocationView[]): EnvironmentPlaces[] {
  const byName = Map.groupBy(environments, ({ environment }) => environment);
  return [...byName.values()].toReversed().flatMap((places) =>
    STATES.flatMap((state) => {
      const [first, ...rest] = places.filter((place) => place.state === state);
      return first ? [[first, ...rest] as const] : [];
    }),
  );
}

type StateLabel = { readonly tone: "ok" | "info" | "warn" | "plain"; readonly sign: string; readonly word: string };

/** How the states of a change in an environment look. */
export const STATE_LABELS: Readonly<Record<LocationState, StateLabel>> = {
  live: { tone: "ok", sign: "●", word: "live" },
  passed: { tone: "ok", sign: "✓", word: "there, in a later version" },
  gone: { tone: "warn", sign: "↶", word: "gone" },
  missing: { tone: "plain", sign: "○", word: "not yet" },
};

/**
 * How an answer looks: "ok" for what is in the last environment of its way for every project, "warn" for what is gone from one there,
 * else "plain".
 */
export function locationTone({ environments }: Pick<FoundChangeView, "environments">): "ok" | "warn" | "plain" {
  const last = environments.at(-1)?.environment;
  const states = environments.filter(({ environment }) => environment === last).map(({ state }) => state);
  if (states.includes("gone")) return "warn";
  return states.length > 0 && !states.includes("missing") ? "ok" : "plain";
}
