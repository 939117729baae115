/** Something a key, or two after each other, does: "j", "g h", "mod+k" (Ctrl, or Command on a Mac). */
export type Shortcut = {
  readonly keys: string;
  /** What it does, in the list of shortcuts. */
  readonly label: string;
  readonly run: () => void;
};

/** What of a key press matters. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly at: number;
};

/** How long the second key of a sequence may take, in milliseconds. */
const SEQUENCE_TIMEOUT = 1200;

/**
 * Reads key presses into shortcuts. Answers the one that a press completes, else null. The one registered last wins, so that what is
 * open on top goes before what lies below.
 */
export function shortcutMatcher() {
  let first: { readonly key: string; readonly at: number } | null = null;
  return (press: KeyPress, shortcuts: readonly Shortcut[]): Shortcut | null => {
    const key = nameOf(press);
    if (key === null) return null;
    const pending = first && press.at - first.at <= SEQUENCE_TIMEOUT ? `${first.key} ${key}` : null;
    first = null;
    const last = (keys: string) => shortcuts.findLast((shortcut) => shortcut.keys === keys) ?? null;
    const found = (pending === null ? null : last(pending)) ?? last(key);
    if (!found && shortcuts.some((shortcut) => shortcut.keys.startsWith(`${key} `))) first = { key, at: press.at };
    return found;
  };
}

function nameOf({ key, ctrlKey, metaKey, altKey }: KeyPress): string | null {
  if (altKey || key === "Shift") return null;
  if (ctrlKey || metaKey) return `mod+${key.toLowerCase()}`;
  return key;
}
