/** An action bound to a key or a sequence of two: "j", "Space", "g h", "mod+k" (Ctrl, or Command on a Mac). */
export type Shortcut = {
  readonly keys: string;
  /** The description in the list of shortcuts. */
  readonly label: string;
  readonly run: () => void;
};

/** The parts of a `KeyboardEvent` that are used; `at` is its time in milliseconds. */
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
 * Returns a function that takes key presses and returns the shortcut that a press completes, or null. Of several with the same keys the
 * one registered last wins, so that a panel takes precedence over the page below. Not tinykeys: that binds a fixed map of keys, runs all
 * that match, and matches "?" by its physical key, so the precedence and the list of shortcuts would stay here.
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
  return key === " " ? "Space" : key;
}
