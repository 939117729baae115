import type { WhereaboutView } from "@landfall/schema/views/find";
import { Chip } from "../chip.tsx";
import { clause } from "./whereabouts-in-words.ts";
import { WHERE_MARKS } from "./where-marks.ts";
import { placesByState } from "./where-states.ts";
import classes from "./where-chips.module.css";

type WhereChipsProps = { readonly environments: readonly WhereaboutView[]; readonly now: Date };

/** Where a change is, environment by environment, production first. */
export function WhereChips({ environments, now }: WhereChipsProps) {
  if (environments.length === 0) return null;
  return (
    <ul className={classes["chips"]} aria-label="Environments">
      {placesByState(environments).map((places) => {
        const [{ environment, state }] = places;
        const { tone, sign, word } = WHERE_MARKS[state];
        return (
          <li key={`${environment} ${state}`}>
            <Chip tone={tone} title={clause(places, now)}>
              <span aria-hidden="true">{sign}</span> {environment} <span className="unseen">: {word}</span>
            </Chip>
          </li>
        );
      })}
    </ul>
  );
}
