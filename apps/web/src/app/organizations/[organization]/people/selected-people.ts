"use client";

import { type RefObject, useSyncExternalStore } from "react";
import { CONTRIBUTOR_FIELD } from "./person-box.ts";

/** The addresses of those selected in a form's list. They live in its boxes alone, which reading the page anew leaves as they are. */
export function useSelectedContributors(form: RefObject<HTMLFormElement | null>): readonly string[] {
  const text = useSyncExternalStore(
    subscribe,
    () => selectedEmails(form.current).join("\n"),
    () => "",
  );
  return text === "" ? [] : text.split("\n");
}

/** Selects nobody any more. */
export function clearSelection(form: HTMLFormElement | null): void {
  const boxes = checkboxesIn(form);
  for (const box of boxes) box.checked = false;
  boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

const checkboxesIn = (form: HTMLFormElement | null): HTMLInputElement[] => [
  ...(form?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name=${CONTRIBUTOR_FIELD}]`) ?? []),
];

const selectedEmails = (form: HTMLFormElement | null): string[] =>
  checkboxesIn(form)
    .filter(({ checked }) => checked)
    .map(({ value }) => value);

function subscribe(onChange: () => void): () => void {
  document.addEventListener("change", onChange);
  return () => document.removeEventListener("change", onChange);
}
