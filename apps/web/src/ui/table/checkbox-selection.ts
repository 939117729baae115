"use client";

import { type RefObject, useSyncExternalStore } from "react";

/** Returns the checkboxes of a field in a form, in document order. */
export const checkboxesIn = (form: HTMLFormElement | null, name: string): HTMLInputElement[] => [
  ...(form?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name=${name}]`) ?? []),
];

/** Returns the values of the checked checkboxes, in document order. */
export const checkedValues = (form: HTMLFormElement | null, name: string): string[] =>
  checkboxesIn(form, name)
    .filter(({ checked }) => checked)
    .map(({ value }) => value);

/** Checks or unchecks these checkboxes, and dispatches one change event. */
export function setChecked(checkboxes: readonly HTMLInputElement[], isChecked: boolean): void {
  for (const checkbox of checkboxes) checkbox.checked = isChecked;
  checkboxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The checked values of a field. Only the checkboxes themselves have this state, so that a refresh of the page does not change it. */
export function useCheckedValues(form: RefObject<HTMLFormElement | null>, name: string): readonly string[] {
  const text = useSyncExternalStore(
    subscribeToChecks,
    () => checkedValues(form.current, name).join("\n"),
    () => "",
  );
  return text === "" ? [] : text.split("\n");
}

/** Calls `onChange` after a change of a checkbox or a reset of a form. Returns the function that unsubscribes. */
export function subscribeToChecks(onChange: () => void): () => void {
  // The reset event is dispatched before the form is reset.
  const onReset = () => setTimeout(onChange);
  document.addEventListener("change", onChange);
  document.addEventListener("reset", onReset);
  return () => {
    document.removeEventListener("change", onChange);
    document.removeEventListener("reset", onReset);
  };
}
