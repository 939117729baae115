"use client";

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- options are links with two lines, which neither select nor datalist can contain */
import { Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { destinations, matchingDestinations, type OfferedActions, paletteGroups, type PaletteItem } from "./palette-groups.ts";
import { searchStatus, useSearch } from "./use-search.ts";
import classes from "./opened-palette.module.css";

type PaletteProps = {
  readonly organization: string;
  readonly offered: OfferedActions;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Called when the field has the focus, and receives what is typed. */
  readonly onReady: () => void;
  readonly onClose: () => void;
};

/** The field is mounted after the dialog. */
const focus = (field: HTMLInputElement | null) => field?.focus();

/** A search field with results below it. */
export function Palette({ organization, offered, text, onText, onReady, onClose }: PaletteProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const listener = useRef<((event: KeyboardEvent) => void) | null>(null);
  const listen = useCallback((onKey: (event: KeyboardEvent) => void) => {
    listener.current = onKey;
    return () => {
      listener.current = null;
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onClose();
    } else listener.current?.(event);
  };
  return (
    <Modal.Root
      opened
      onClose={onClose}
      lockScroll={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      size="44rem"
      yOffset="10vh"
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search">
        <Modal.Body className={classes["body"]}>
          <input
            ref={focus}
            onFocus={onReady}
            type="text"
            role="combobox"
            className={classes["input"]}
            data-autofocus=""
            aria-label="Search releases, commits, people, projects and pages"
            aria-expanded={chosen !== null}
            aria-controls="palette-list"
            aria-autocomplete="list"
            aria-activedescendant={chosen ?? undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder="Version, hash, #4812, author, path, text, or page…"
            value={text}
            onChange={({ currentTarget }) => onText(currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <PaletteResults organization={organization} offered={offered} text={text} onChosen={setChosen} listen={listen} onDone={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

type PaletteResultsProps = {
  readonly organization: string;
  readonly offered: OfferedActions;
  readonly text: string;
  /** Called with the id of the option that Enter opens. */
  readonly onChosen: (id: string | null) => void;
  /** Subscribes to the key presses of the field. Returns the function that unsubscribes. */
  readonly listen: (onKey: (event: KeyboardEvent) => void) => () => void;
  readonly onDone: () => void;
};

/** The results of the palette, with keyboard navigation. */
function PaletteResults({ organization, offered, text, onChosen, listen, onDone }: PaletteResultsProps) {
  const router = useRouter();
  const { outcome, isLoading } = useSearch(organization, text.trim());
  const groups = useMemo(() => {
    const to = organizationUrls(organization);
    const found = matchingDestinations(destinations(to, offered), text);
    return paletteGroups({ to, text, destinations: found, results: outcome?.state === "done" ? outcome.value : null });
  }, [organization, text, offered, outcome]);
  // Results for an earlier text stay visible, but cannot be opened.
  const choices = groups.flatMap(({ choices, isResult }) => (isLoading && isResult ? [] : choices));
  const [selected, setSelected] = useState({ key: "", text: "" });
  const current = (selected.text === text && choices.find(({ key }) => key === selected.key)) || choices[0];
  const currentId = current ? optionId(current) : null;

  useEffect(() => {
    onChosen(currentId);
    if (currentId !== null) document.getElementById(currentId)?.scrollIntoView({ block: "nearest" });
  }, [currentId, onChosen]);

  const move = (step: 1 | -1) => {
    const at = choices.findIndex((choice) => choice === current) + step;
    const next = choices.at(at % choices.length);
    if (next) setSelected({ key: next.key, text });
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
      <div id="palette-list" role="listbox" aria-label="Results" aria-busy={isLoading} className={classes["list"]}>
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
        <output>{isLoading ? "Searching…" : searchStatus(outcome)}</output>
        <span aria-hidden="true" className="keyboard-only">
          <kbd>↑</kbd> <kbd>↓</kbd> move <kbd>Enter</kbd> open <kbd>Esc</kbd> close
        </span>
      </div>
    </>
  );
}

type PaletteOptionProps = { readonly choice: PaletteItem; readonly isCurrent: boolean; readonly onDone: () => void };

/** An option. The focus stays in the field, which refers to the current option. */
function PaletteOption({ choice, isCurrent, onDone }: PaletteOptionProps) {
  const { label, detail, isSentence, keys, href } = choice;
  return (
    <PageLink
      id={optionId(choice)}
      role="option"
      aria-selected={isCurrent}
      tabIndex={-1}
      href={href}
      className={classes["line"]}
      data-sentence={isSentence}
      onClick={onDone}
    >
      <span className="cut">{label}</span>
      {detail && <span className={classes["detail"]}>{detail}</span>}
      {keys && (
        <span className={classes["keys"]} aria-hidden="true">
          {keys.split(" ").map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </PageLink>
  );
}

/** Keys may be any text; ids must not contain spaces. */
const optionId = ({ key }: PaletteItem): string => `palette-${encodeURIComponent(key)}`;
