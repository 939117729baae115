import type { ChangeLocationView } from "@landfall/schema/views/find";

export type LocationState = ChangeLocationView["state"];

/** One environment, and the projects that are there in one state. */
export type EnvironmentPlaces = readonly [ChangeLocationView, ...ChangeLocationView[]];

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
