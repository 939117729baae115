"use client";

import { isLandfallError } from "@landfall/client/landfall-error";
import { useEffect, useMemo, useState } from "react";
import { describeInterpretation, describeSearchedCommits } from "#features/search/search-scope.ts";
import { browserClient } from "#ui/browser-client.ts";
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

const COMMITS = 6;
const OTHERS = 4;

/** The server reads no longer questions. */
const MAX_LENGTH = 200;

/**
 * What the organization has of a text, in one request: the browser's cookie says who asks. Where only commits can be searched for it, the
 * rest is empty. Throws a `LandfallError`.
 */
async function searchServer(organization: string, text: string, signal: AbortSignal): Promise<SearchResults> {
  const client = await browserClient();
  const query = text.trim().slice(0, MAX_LENGTH);
  const few = { organization, query, per_page: OTHERS };
  const [changes, releases, people, projects] = await Promise.allSettled([
    client.find.changes.query({ organization, query, limit: COMMITS }, { signal }),
    client.releases.browse.query({ ...few, project: "-1" }, { signal }),
    client.people.list.query(few, { signal }),
    client.projects.list.query(few, { signal }),
  ]);
  if (changes.status === "rejected") throw changes.reason;
  return { at: new Date(), changes: changes.value, releases: itemsOf(releases), people: itemsOf(people), projects: itemsOf(projects) };
}

const itemsOf = <T>(answer: PromiseSettledResult<{ readonly items: readonly T[] }>): readonly T[] =>
  answer.status === "fulfilled" ? answer.value.items : [];

/** What asking for a text came to. */
export type SearchOutcome<T> =
  | { readonly state: "answered"; readonly text: string; readonly value: T }
  | { readonly state: "failed"; readonly text: string; readonly error: unknown };

type LatestRequestOptions<T> = {
  readonly ask: (text: string, signal: AbortSignal) => Promise<T>;
  readonly tell: (asked: SearchOutcome<T>) => void;
  /** Milliseconds of rest before something is asked. */
  readonly rest: number;
};

/** Asks for what was typed once typing rests, and tells the answer to what was typed last, whichever comes first. */
export function latestRequest<T>({ ask, tell, rest }: LatestRequestOptions<T>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | undefined;
  const stop = () => {
    clearTimeout(timer);
    current?.abort();
    current = undefined;
  };
  const send = async (text: string) => {
    const mine = new AbortController();
    current = mine;
    const asked = await ask(text, mine.signal).then(
      (value): SearchOutcome<T> => ({ state: "answered", text, value }),
      (error: unknown): SearchOutcome<T> => ({ state: "failed", text, error }),
    );
    if (current === mine) tell(asked);
  };
  return {
    /** What was asked before is given up. */
    want(text: string): void {
      stop();
      timer = setTimeout(() => void send(text), rest);
    },
    stop,
  };
}

/** What is said below the list: how the text was understood and how far was searched, or why it was not. */
export function searchStatus(asked: SearchOutcome<SearchResults> | null): string {
  if (asked === null) return "";
  if (asked.state === "failed") return searchFailure(asked.error);
  const { understood, searched, commits } = asked.value.changes;
  return `${commits.length === 0 ? "No commit found. " : ""}${describeInterpretation(understood)} ${describeSearchedCommits(searched)}`;
}

function searchFailure(error: unknown): string {
  if (isLandfallError(error) && error.code === "unauthenticated") return "You are not signed in any more. Reload the page to sign in.";
  return `The search failed: ${error instanceof Error ? error.message : String(error)}`;
}
