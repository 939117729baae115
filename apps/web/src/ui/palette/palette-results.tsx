"use client";
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a list of links below a field: neither select nor datalist can hold those */

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { organizationUrls } from "../addresses.ts";
import { destinations, matchingDestinations, type OfferedActions } from "./pages-and-actions.ts";
import { paletteGroups } from "./palette-groups.ts";
import { optionId } from "./palette-line-id.ts";
import { PaletteOption } from "./palette-line.tsx";
import { searchStatus } from "./said-of.ts";
import { useSearch } from "./use-answers.ts";
import classes from "./palette.module.css";

type PaletteResultsProps = {
  readonly organization: string;
  readonly offered: OfferedActions;
  readonly text: string;
  /** Tells the id of the line that Enter opens. */
  readonly onChosen: (id: string | null) => void;
  /** Hands over the keys of the field; answers how to stop. */
  readonly listen: (onKey: (event: KeyboardEvent) => void) => () => void;
  readonly onDone: () => void;
};

/** What the palette found, line by line, walked with the arrows. */
export function PaletteResults({ organization, offered, text, onChosen, listen, onDone }: PaletteResultsProps) {
  const router = useRouter();
  const { asked, isWaiting } = useSearch(organization, text.trim());
  const groups = useMemo(() => {
    const to = organizationUrls(organization);
    const found = matchingDestinations(destinations(to, offered), text);
    return paletteGroups({ to, text, destinations: found, answers: asked?.state === "answered" ? asked.value : null });
  }, [organization, text, offered, asked]);
  // What was found for another text is shown until there is better, but not opened.
  const choices = groups.flatMap(({ choices, isAnswered }) => (isWaiting && isAnswered ? [] : choices));
  const [wanted, setWanted] = useState({ key: "", text: "" });
  const current = (wanted.text === text && choices.find(({ key }) => key === wanted.key)) || choices[0];
  const currentId = current ? optionId(current) : null;

  useEffect(() => {
    onChosen(currentId);
    if (currentId !== null) document.getElementById(currentId)?.scrollIntoView({ block: "nearest" });
  }, [currentId, onChosen]);

  const move = (step: 1 | -1) => {
    const at = choices.findIndex((choice) => choice === current) + step;
    const next = choices.at(at % choices.length);
    if (next) setWanted({ key: next.key, text });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && current) {
      if (event.ctrlKey || event.metaKey) window.open(current.href, "_blank", "noopener");
      else {
        onDone();
        router.push(current.href);
      }
    } else return;
    event.preventDefault();
  };
  useEffect(() => listen(onKey));

  return (
    <>
      <div id="palette-list" role="listbox" aria-label="Found" aria-busy={isWaiting} className={classes["list"]}>
        {groups.map(({ name, choices }) => (
          <div key={name} role="group" aria-label={name}>
            <div className={classes["name"]} aria-hidden="true">
              {name}
            </div>
            {choices.map((choice) => (
              <PaletteOption key={choice.key} choice={choice} isCurrent={choice === current} onDone={onDone} />
            ))}
          </div>
        ))}
      </div>
      <div className={classes["foot"]}>
        <output>{isWaiting ? "Searching…" : searchStatus(asked)}</output>
        <span aria-hidden="true">
          <kbd>↑</kbd> <kbd>↓</kbd> move <kbd>Enter</kbd> open <kbd>Esc</kbd> close
        </span>
      </div>
    </>
  );
}
