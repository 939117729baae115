import type { PaletteItem } from "./palette-groups.ts";

/** Any text may be a key; an id has no blanks. */
export const optionId = ({ key }: PaletteItem): string => `palette-${encodeURIComponent(key)}`;
