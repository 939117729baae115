"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import type { Completion, completionsAt, CompletionSources } from "./query-completions.ts";
import classes from "./query-input.module.css";

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the tags of these roles cannot belong to a text field that is typed into */
type QueryInputProps = {
  /** The query of the current list. */
  readonly query: string;
  readonly sources: CompletionSources;
  /** The id of the element with the error of the query. */
  readonly errorId: string | null;
};

/** The search field of the list, with completions of keys and values in the query language. */
export function QueryInput({ query, sources, errorId }: QueryInputProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(query);
  const [shown, setShown] = useState(query);
  const [caret, setCaret] = useState(query.length);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [complete, setComplete] = useState<{ readonly at: typeof completionsAt } | null>(null);
  // The query changed by a link or by going back.
  if (shown !== query) {
    setShown(query);
    setText(query);
  }
  useShortcuts("This list", [{ keys: "/", label: "Search", run: () => input.current?.select() }]);
  const { from, to, options } = isOpen && complete ? complete.at(text, caret, sources) : { from: 0, to: 0, options: [] };
  const open = () => {
    setOpen(true);
    // The completions are loaded on first use.
    if (!complete) void import("./query-completions.ts").then(({ completionsAt }) => setComplete({ at: completionsAt }));
  };
  const type = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setActive(-1);
    setOpen(true);
  };
  const apply = ({ effect }: Completion) => {
    if (effect.kind === "filter") {
      type(text.slice(0, from) + text.slice(to), from);
      setOpen(false);
      applyFilter(input.current, effect.name, effect.value);
      return;
    }
    const at = from + effect.text.length;
    // Synchronously, so that the caret does not move while the user keeps typing.
    flushSync(() => type(text.slice(0, from) + effect.text + text.slice(to), at));
    input.current?.setSelectionRange(at, at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = options[active];
    if (event.key === "Escape" && isOpen) setOpen(false);
    else if (event.key === "Escape") input.current?.blur();
    else if (event.key === "ArrowDown" && !isOpen) setOpen(true);
    else if (event.key === "ArrowDown") setActive(active + 1 >= options.length ? 0 : active + 1);
    else if (event.key === "ArrowUp" && options.length > 0) setActive(active <= 0 ? options.length - 1 : active - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) apply(chosen);
    else if (event.key === "Enter") return setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes["search"]}>
      <input
        ref={input}
        type="text"
        name="query"
        role="combobox"
        aria-label="Search releases"
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={options[active] ? `${listId}-${active}` : undefined}
        aria-invalid={errorId !== null}
        aria-describedby={errorId ?? undefined}
        placeholder="Search: version, release.version:>=1.2, finalized:true …"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={4096}
        value={text}
        onChange={({ target }) => type(target.value, target.selectionStart ?? target.value.length)}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
        onFocus={open}
        onClick={open}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      <div id={listId} role="listbox" aria-label="Completions" hidden={options.length === 0}>
        {options.map((option, index) => (
          // The input handles the keys: an option never has the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
          <div
            key={`${option.effect.kind}${option.label}`}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => apply(option)}
          >
            <span>
              {option.effect.kind === "filter" && <small>{option.effect.name}</small>}
              <code>{option.label}</code>
            </span>
            <small>{option.hint}</small>
          </div>
        ))}
      </div>
    </div>
  );
}

/** Checks a filter of the same form, and submits the form. */
function applyFilter(from: HTMLInputElement | null, name: string, value: string): void {
  const form = from?.form;
  const boxes = [...(form?.querySelectorAll<HTMLInputElement>(`input[name=${name}]`) ?? [])];
  const box = boxes.find((one) => one.value === value);
  if (!form || !box) return;
  box.checked = true;
  // After React has removed the word from the text.
  setTimeout(() => form.requestSubmit());
}
