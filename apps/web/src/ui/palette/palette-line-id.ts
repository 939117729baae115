import type { Choice } from "./palette-groups.ts";

/** Any text may be a key; an id has no blanks. */
export const idOf = ({ key }: Choice): string => `palette-${encodeURIComponent(key)}`;
