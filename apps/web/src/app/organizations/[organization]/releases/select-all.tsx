"use client";

import { useEffect, useRef, useState } from "react";
import { checkboxesIn, selectedVersions, setChecked } from "./selection.ts";

/** Selects every line of the page, or none. */
export function SelectAll() {
  const box = useRef<HTMLInputElement>(null);
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    const show = () => {
      const form = box.current?.form ?? null;
      const [all, selected] = [checkboxesIn(form).length, selectedVersions(form).length];
      if (!box.current) return;
      box.current.checked = selected > 0 && selected === all;
      box.current.indeterminate = selected > 0 && selected < all;
    };
    const later = () => setTimeout(show);
    // oxlint-disable-next-line react/set-state-in-effect -- without scripts it could do nothing
    setThere(true);
    document.addEventListener("change", show);
    document.addEventListener("reset", later);
    return () => {
      document.removeEventListener("change", show);
      document.removeEventListener("reset", later);
    };
  }, []);
  return (
    <input
      ref={box}
      type="checkbox"
      hidden={!isThere}
      aria-label="Select every release on this page"
      onChange={({ target }) => setChecked(checkboxesIn(target.form), target.checked)}
    />
  );
}
