import type { WhereaboutView } from "@landfall/schema/views/find";

export type WhereState = WhereaboutView["state"];

/** One environment, and the projects that are there in one state. */
export type WherePlaces = readonly [WhereaboutView, ...WhereaboutView[]];

/** The order of the states of one environment; what is there goes first. */
const STATES: readonly WhereState[] = ["live", "passed", "missing", "gone"];

/** Places by environment, production first as views go the other way, and by state. */
export function placesByState(environments: readonly WhereaboutView[]): WherePlaces[] {
  const byName = Map.groupBy(environments, ({ environment }) => environment);
  return [...byName.values()].toReversed().flatMap((places) =>
    STATES.flatMap((state) => {
      const [first, ...rest] = places.filter((place) => place.state === state);
      return first ? [[first, ...rest] as const] : [];
    }),
  );
}
