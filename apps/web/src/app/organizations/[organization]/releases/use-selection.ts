"use client";

import { type RefObject, useSyncExternalStore } from "react";
import { selectedVersions } from "./selection.ts";

/** The versions selected in a form's list. They live in its boxes alone, which reading the page anew leaves as they are. */
export function useSelection(form: RefObject<HTMLFormElement | null>): readonly string[] {
  const text = useSyncExternalStore(
    subscribe,
    () => selectedVersions(form.current).join("\n"),
    () => "",
  );
  return text === "" ? [] : text.split("\n");
}

function subscribe(onChange: () => void): () => void {
  // A form tells of being reset before it is.
  const later = () => setTimeout(onChange);
  document.addEventListener("change", onChange);
  document.addEventListener("reset", later);
  return () => {
    document.removeEventListener("change", onChange);
    document.removeEventListener("reset", later);
  };
}
