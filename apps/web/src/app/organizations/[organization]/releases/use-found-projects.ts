"use client";

import { useEffect, useState } from "react";
import { browserClient } from "../../../../ui/browser-client.ts";
import { projectOption } from "./project-option.ts";

type Option = ReturnType<typeof projectOption>;

/** How long after the last key projects are looked up, in milliseconds, and how many of them are offered. */
const DEBOUNCE_MS = 200;
const SUGGESTION_LIMIT = 50;

/** The projects of an organization with a text in their name or slug, looked up while one types; none for no text, or where none can be had. */
export function useProjectSearch(organization: string | null, text: string): readonly Option[] {
  const [found, setFound] = useState<{ readonly text: string; readonly options: readonly Option[] }>({ text: "", options: [] });
  useEffect(() => {
    if (organization === null || text === "") return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      browserClient()
        .then((client) => client.projects.list.query({ organization, query: text, per_page: SUGGESTION_LIMIT }, { signal: stop.signal }))
        .then(
          ({ items }) => setFound({ text, options: items.map(projectOption) }),
          () => setFound({ text, options: [] }),
        );
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [organization, text]);
  return found.text === text ? found.options : [];
}
