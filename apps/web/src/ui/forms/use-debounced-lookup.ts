"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useEffectEvent, useState } from "react";

/** How long a text must stay unchanged before it is looked up, in milliseconds. */
const DEBOUNCE_MS = 150;

/**
 * Looks up suggestions for a typed text once the text stays unchanged for a moment. Returns the last result: null before the first, and
 * after a lookup that failed, since one can type without suggestions. A null text looks nothing up.
 */
export function useDebouncedLookup<T>(text: string | null, lookup: (text: string, signal: AbortSignal) => Promise<T>): T | null {
  const [settled] = useDebouncedValue(text, DEBOUNCE_MS);
  const [result, setResult] = useState<T | null>(null);
  const read = useEffectEvent(lookup);
  useEffect(() => {
    if (settled === null) return;
    const controller = new AbortController();
    const show = (found: T | null) => {
      if (!controller.signal.aborted) setResult(found);
    };
    read(settled, controller.signal).then(show, () => show(null));
    return () => controller.abort();
  }, [settled]);
  return result;
}
