/** The name the boxes of the list are sent by. */
export const SELECTION_FIELD = "version";

/** The boxes of the list in a form. */
export const checkboxesIn = (form: HTMLFormElement | null): HTMLInputElement[] => [
  ...(form?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name=${SELECTION_FIELD}]`) ?? []),
];

/** The versions that are selected, in the list's order. */
export const selectedVersions = (form: HTMLFormElement | null): string[] =>
  checkboxesIn(form)
    .filter(({ checked }) => checked)
    .map(({ value }) => value);

/** Selects these boxes, or not, and tells whoever listens for changes. */
export function setChecked(boxes: readonly HTMLInputElement[], isSelected: boolean): void {
  for (const box of boxes) box.checked = isSelected;
  boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The boxes from one to another, both counted, whichever comes first. */
export function checkboxesBetween(boxes: readonly HTMLInputElement[], one: HTMLInputElement, other: HTMLInputElement): HTMLInputElement[] {
  const [from, to] = [boxes.indexOf(one), boxes.indexOf(other)].toSorted((a, b) => a - b);
  return from === undefined || to === undefined || from === -1 ? [] : boxes.slice(from, to + 1);
}
