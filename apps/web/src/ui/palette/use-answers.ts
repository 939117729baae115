"use client";

import { useEffect, useMemo, useState } from "react";
import { searchServer } from "./ask-server.ts";
import { type SearchOutcome, latestRequest } from "./latest-answer.ts";
import type { SearchResults } from "./palette-groups.ts";

const DEBOUNCE = 160;
/** A single letter is in everything. */
const MIN_LENGTH = 2;

export type SearchState = {
  /** The answer to this text, or while it is on its way to the one before; null for a text too short to ask for. */
  readonly asked: SearchOutcome<SearchResults> | null;
  readonly isWaiting: boolean;
};

/** What the server has of a text. */
export function useSearch(organization: string, text: string): SearchState {
  const [asked, setAsked] = useState<SearchOutcome<SearchResults> | null>(null);
  const latest = useMemo(
    () => latestRequest({ rest: DEBOUNCE, tell: setAsked, ask: (text, signal) => searchServer(organization, text, signal) }),
    [organization],
  );
  const isAsked = text.length >= MIN_LENGTH;
  useEffect(() => {
    if (isAsked) latest.want(text);
    return latest.stop;
  }, [latest, text, isAsked]);
  return { asked: isAsked ? asked : null, isWaiting: isAsked && asked?.text !== text };
}
