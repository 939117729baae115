import type { KeysetWindow, SortKey } from "../pagination/keyset-page.ts";

/** Where the events of a release come from. Each has ids of its own; with the source as last digit they are one list's. */
export const SOURCES = { finalized: 0, record: 1, deploy: 2 } as const;

export type Source = (typeof SOURCES)[keyof typeof SOURCES];

const BASE = Object.keys(SOURCES).length;

/** The list's id of a row of a source. */
export const listId = (source: Source, id: number): number => id * BASE + source;

/** The key beyond which a source's rows lie that lie beyond the list's key. */
export function idsBeyond({ key, backwards }: Pick<KeysetWindow, "key" | "backwards">, source: Source): SortKey {
  const place = (key.id - source) / BASE;
  return { value: key.value, id: backwards ? Math.floor(place) : Math.ceil(place) };
}
