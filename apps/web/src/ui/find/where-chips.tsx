import type { ChangeLocationView } from "@landfall/schema/views/find";
import { Chip } from "../chip.tsx";
import { describeEnvironment } from "./whereabouts-in-words.ts";
import { STATE_LABELS } from "./where-marks.ts";
import { groupByState } from "./where-states.ts";
import classes from "./where-chips.module.css";

type LocationChipsProps = { readonly environments: readonly ChangeLocationView[]; readonly now: Date };

/** Where a change is, environment by environment, production first. */
export function LocationChips({ environments, now }: LocationChipsProps) {
  if (environments.length === 0) return null;
  return (
    <ul className={classes["chips"]} aria-label="Environments">
      {groupByState(environments).map((places) => {
        const [{ environment, state }] = places;
        const { tone, sign, word } = STATE_LABELS[state];
        return (
          <li key={`${environment} ${state}`}>
            <Chip tone={tone} title={describeEnvironment(places, now)}>
              <span aria-hidden="true">{sign}</span> {environment} <span className="unseen">: {word}</span>
            </Chip>
          </li>
        );
      })}
    </ul>
  );
}
