import type { LocationState } from "./where-states.ts";

type StateLabel = { readonly tone: "ok" | "info" | "warn" | "plain"; readonly sign: string; readonly word: string };

/** How the states of a change in an environment look. */
export const STATE_LABELS: Readonly<Record<LocationState, StateLabel>> = {
  live: { tone: "ok", sign: "●", word: "live" },
  passed: { tone: "ok", sign: "✓", word: "there, in a later version" },
  gone: { tone: "warn", sign: "↶", word: "gone" },
  missing: { tone: "plain", sign: "○", word: "not yet" },
};
