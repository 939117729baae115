"use client";

import { useCallback, useEffect, useState } from "react";

/** What is typed, and the `dateSaved` of the notes it began from. */
export type Typed = { readonly text: string; readonly basedOn: string | null };

/**
 * A text being written. It outlives the page in this tab of the browser: whoever goes to another tab of the release, or loads the page
 * again, finds it as it was.
 */
export function useKeptText(name: string): { readonly text: Typed | null; readonly keep: (typed: Typed | null) => void } {
  const [text, setText] = useState<Typed | null>(null);
  // oxlint-disable-next-line react/set-state-in-effect -- the server knows no storage; what was kept shows after the first drawing
  useEffect(() => setText(read(name)), [name]);
  const keep = useCallback(
    (typed: Typed | null) => {
      setText(typed);
      write(name, typed);
    },
    [name],
  );
  return { text, keep };
}

function read(name: string): Typed | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? "null");
    return isTyped(kept) ? kept : null;
  } catch {
    return null;
  }
}

function write(name: string, typed: Typed | null): void {
  try {
    if (typed) sessionStorage.setItem(name, JSON.stringify(typed));
    else sessionStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing still lets people write.
  }
}

function isTyped(value: unknown): value is Typed {
  if (typeof value !== "object" || value === null || !("text" in value) || !("basedOn" in value)) return false;
  return typeof value.text === "string" && (value.basedOn === null || typeof value.basedOn === "string");
}
