"use client";

import { type RefObject, useSyncExternalStore } from "react";
import { PERSON } from "./person-box.ts";

/** The addresses of those selected in a form's list. They live in its boxes alone, which reading the page anew leaves as they are. */
export function useSelectedPeople(form: RefObject<HTMLFormElement | null>): readonly string[] {
  const text = useSyncExternalStore(
    listen,
    () => selectedIn(form.current).join("\n"),
    () => "",
  );
  return text === "" ? [] : text.split("\n");
}

/** Selects nobody any more. */
export function selectNobody(form: HTMLFormElement | null): void {
  const boxes = boxesOf(form);
  for (const box of boxes) box.checked = false;
  boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

const boxesOf = (form: HTMLFormElement | null): HTMLInputElement[] => [
  ...(form?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name=${PERSON}]`) ?? []),
];

const selectedIn = (form: HTMLFormElement | null): string[] =>
  boxesOf(form)
    .filter(({ checked }) => checked)
    .map(({ value }) => value);

function listen(onChange: () => void): () => void {
  document.addEventListener("change", onChange);
  return () => document.removeEventListener("change", onChange);
}
